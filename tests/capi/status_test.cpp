// Numbers that clients compile in: none may ever change.

#include "support.hpp"

namespace {

TEST(Status, ValuesNeverChange) {
  EXPECT_EQ(XIAOER_OK, 0);
  EXPECT_EQ(XIAOER_INVALID_ARGUMENT, 1);
  EXPECT_EQ(XIAOER_OUT_OF_MEMORY, 2);
  EXPECT_EQ(XIAOER_BUSY, 3);
  EXPECT_EQ(XIAOER_LIMIT, 4);
  EXPECT_EQ(XIAOER_NOT_FOUND, 5);
  EXPECT_EQ(XIAOER_BAD_PACK, 6);
  EXPECT_EQ(XIAOER_BAD_FACTS, 7);
  EXPECT_EQ(XIAOER_BAD_JSON, 8);
  EXPECT_EQ(XIAOER_BAD_SNAPSHOT, 9);
  EXPECT_EQ(XIAOER_INTERNAL, 10);
}

TEST(Status, OtherEnumsNeverChange) {
  EXPECT_EQ(XIAOER_CHINESE, 0);
  EXPECT_EQ(XIAOER_ENGLISH, 1);
  EXPECT_EQ(XIAOER_ERROR, 0);
  EXPECT_EQ(XIAOER_WARNING, 1);
  EXPECT_EQ(XIAOER_AUTO, 0);
  EXPECT_EQ(XIAOER_SUGGEST, 1);
  EXPECT_EQ(XIAOER_HANDOFF, 2);
  EXPECT_EQ(XIAOER_SILENT, 3);
  EXPECT_EQ(XIAOER_INTENT, 0);
  EXPECT_EQ(XIAOER_ENTITY, 1);
  EXPECT_EQ(XIAOER_REPLY, 2);
  EXPECT_EQ(XIAOER_TECHNIQUE, 3);
  EXPECT_EQ(XIAOER_GUARD, 4);
  EXPECT_EQ(XIAOER_NEAR_MISS, 5);
}

#if defined(__x86_64__) || defined(__aarch64__)
// Sizes as of interface version 1. Option structs may grow (raise the number), the others may not.
TEST(Status, StructSizesOf64BitMachines) {
  EXPECT_EQ(sizeof(xiaoer_text), 16u);
  EXPECT_EQ(sizeof(xiaoer_diagnostic), 112u);
  EXPECT_EQ(sizeof(xiaoer_ruleset_options), 48u);
  EXPECT_EQ(sizeof(xiaoer_file), 32u);
  EXPECT_EQ(sizeof(xiaoer_request), 112u);
  EXPECT_EQ(sizeof(xiaoer_item), 72u);
  EXPECT_EQ(sizeof(xiaoer_reason), 48u);
  EXPECT_EQ(sizeof(xiaoer_handoff), 88u);
  EXPECT_EQ(sizeof(xiaoer_bargain), 48u);
}
#endif

TEST(Status, EveryNameIsTheConstant) {
  EXPECT_STREQ(xiaoer_status_name(XIAOER_OK), "XIAOER_OK");
  EXPECT_STREQ(xiaoer_status_name(XIAOER_INVALID_ARGUMENT), "XIAOER_INVALID_ARGUMENT");
  EXPECT_STREQ(xiaoer_status_name(XIAOER_OUT_OF_MEMORY), "XIAOER_OUT_OF_MEMORY");
  EXPECT_STREQ(xiaoer_status_name(XIAOER_BUSY), "XIAOER_BUSY");
  EXPECT_STREQ(xiaoer_status_name(XIAOER_LIMIT), "XIAOER_LIMIT");
  EXPECT_STREQ(xiaoer_status_name(XIAOER_NOT_FOUND), "XIAOER_NOT_FOUND");
  EXPECT_STREQ(xiaoer_status_name(XIAOER_BAD_PACK), "XIAOER_BAD_PACK");
  EXPECT_STREQ(xiaoer_status_name(XIAOER_BAD_FACTS), "XIAOER_BAD_FACTS");
  EXPECT_STREQ(xiaoer_status_name(XIAOER_BAD_JSON), "XIAOER_BAD_JSON");
  EXPECT_STREQ(xiaoer_status_name(XIAOER_BAD_SNAPSHOT), "XIAOER_BAD_SNAPSHOT");
  EXPECT_STREQ(xiaoer_status_name(XIAOER_INTERNAL), "XIAOER_INTERNAL");
  EXPECT_STREQ(xiaoer_status_name(static_cast<xiaoer_status>(11)), "unknown status");
}

TEST(Status, VersionHasThreeNumbers) {
  int major = -1, minor = -1, patch = -1;
  ASSERT_EQ(std::sscanf(xiaoer_version(), "%d.%d.%d", &major, &minor, &patch), 3);
  EXPECT_GE(major, 0);
  EXPECT_EQ(xiaoer_abi_version(), 1u);
}

}  // namespace
