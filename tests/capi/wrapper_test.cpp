// xiaoer.hpp: handles free themselves, copies and moves do what they should.

#include <algorithm>
#include <iterator>
#include <type_traits>

#include "support.hpp"

namespace {

static_assert(std::is_copy_constructible_v<xr::Ruleset>);
static_assert(!std::is_copy_constructible_v<xr::Session>);
static_assert(std::is_nothrow_move_constructible_v<xr::Session>);
static_assert(!std::is_copy_constructible_v<xr::Context>);
static_assert(!std::is_copy_constructible_v<xr::Result>);
static_assert(std::is_nothrow_copy_constructible_v<xr::Error>);

TEST(Wrapper, RulesetCopiesShareTheRules) {
  xr::Ruleset first = xr::Ruleset::open(XIAOER_DEMO_PACK);
  const xr::Ruleset second = first;
  EXPECT_EQ(first.get(), second.get());
  first = xr::Ruleset::open(XIAOER_DEMO_PACK);
  EXPECT_NE(first.get(), second.get());
  EXPECT_EQ(second.id(), "demo");
  const xr::Ruleset third = std::move(first);
  EXPECT_EQ(third.version(), "1.2.0");
}

TEST(Wrapper, ErrorsTellStatusAndText) {
  try {
    xr::Ruleset::open("/no/such/folder");
    FAIL();
  } catch (const xr::Error& error) {
    const xr::Error copy = error;
    EXPECT_EQ(copy.status(), XIAOER_NOT_FOUND);
    EXPECT_STREQ(copy.what(), error.what());
    EXPECT_NE(std::string(copy.what()), "");
    EXPECT_FALSE(copy.diagnostics().empty());
  }
}

// The part that an iterator came from is a passing value; the iterator is not.
TEST(Wrapper, IteratorsOutliveThePartTheyCameFrom) {
  const xr::Ruleset rules = xr::Ruleset::open(XIAOER_DEMO_PACK);
  xr::Context context;
  xr::Result result;
  xr::Request request;
  request.message = "能便宜点吗";
  xr::reply(rules, context, nullptr, request, result);
  auto first = result.replies().begin();
  const auto end = result.replies().end();
  ASSERT_NE(first, end);
  EXPECT_EQ((*first).id, result.replies()[0].id);
  EXPECT_EQ(static_cast<size_t>(std::distance(first, end)), result.replies().size());
  EXPECT_EQ(std::count_if(first, end, [](const xr::Item& item) { return item.id.empty(); }), 0);
}

TEST(Wrapper, WarningsOfAGoodPackAreKept) {
  const xr::Ruleset rules = xr::Ruleset::open(XIAOER_DEMO_PACK);
  for (const xr::Diagnostic& one : rules.warnings()) {
    EXPECT_FALSE(one.is_error);
    EXPECT_FALSE(one.code.empty());
  }
}

TEST(Wrapper, OwnTestsOfThePackPass) {
  xr::RulesetOptions options;
  options.run_tests = true;
  try {
    xr::Ruleset::open(XIAOER_DEMO_PACK, options);
  } catch (const xr::Error& error) {
    for (const xr::Diagnostic& one : error.diagnostics()) {
      ADD_FAILURE() << one.file << ":" << one.line << ": " << one.message;
    }
  }
}

TEST(Wrapper, MaxBytesIsALimit) {
  xr::RulesetOptions options;
  options.max_bytes = 100;
  EXPECT_THROW(xr::Ruleset::open(XIAOER_DEMO_PACK, options), xr::Error);
}

TEST(Wrapper, FilesAndFolderAnswerAlike) {
  const std::string manifest = capi_test::read_file(XIAOER_DEMO_PACK "/pack.json");
  const std::string rules = capi_test::read_file(XIAOER_DEMO_PACK "/rules.json");
  const xr::Ruleset memory =
      xr::Ruleset::open_files({{"pack.json", manifest}, {"rules.json", rules}});
  const std::string request = R"({"message": "能便宜点吗，什么时候发货", "trace": true})";
  EXPECT_EQ(capi_test::ask_json(memory, request), capi_test::ask_json(capi_test::demo(), request));
}

}  // namespace
