// What failures tell: all problems, with place, in the language asked for.

#include "support.hpp"

namespace {

using capi_test::demo;
using capi_test::ErrorSlot;

TEST(Error, MissingFolderIsNotFound) {
  ErrorSlot error;
  xiaoer_ruleset* rules = reinterpret_cast<xiaoer_ruleset*>(1);
  EXPECT_EQ(xiaoer_ruleset_open(xr::text("/no/such/folder"), nullptr, &rules, error.out()),
            XIAOER_NOT_FOUND);
  EXPECT_EQ(rules, nullptr);
  EXPECT_EQ(xiaoer_error_status(error.get()), XIAOER_NOT_FOUND);
  EXPECT_GE(xiaoer_error_count(error.get()), 1u);
  EXPECT_GT(xiaoer_error_message(error.get()).size, 0u);
}

TEST(Error, AllProblemsOfAPackAtOnce) {
  const std::vector<xr::File> files = {
      {"pack.json", R"({"format": 1, "id": "bad", "version": "1.0.0", "colour": 1})"},
      {"a.json", "{\"intents\": [\n  {\"id\": \"greet.x\", \"pattern\": [\"你好\"]}\n]}"},
      {"b.json", "{\"intents\": ["}};
  try {
    xr::Ruleset::open_files(files, {XIAOER_ENGLISH, {}, 0, false});
    FAIL() << "a broken pack was loaded";
  } catch (const xr::Error& error) {
    EXPECT_EQ(error.status(), XIAOER_BAD_PACK);
    ASSERT_GE(error.diagnostics().size(), 3u);
    bool a = false, b = false, pack = false;
    for (const xr::Diagnostic& one : error.diagnostics()) {
      EXPECT_FALSE(one.code.empty());
      EXPECT_FALSE(one.message.empty());
      EXPECT_NE(one.message, one.code) << "the catalogue lacks " << one.code;
      if (one.file == "a.json" && one.line == 2) a = true;
      if (one.file == "b.json") b = true;
      if (one.file == "pack.json") pack = true;
    }
    EXPECT_TRUE(a && b && pack) << error.what();
  }
}

TEST(Error, SpeaksTheLanguageAskedFor) {
  ErrorSlot error;
  xiaoer_facts* facts = nullptr;
  xiaoer_diagnostic chinese = {}, english = {};
  const xiaoer_text wrong = xr::text(R"({"product": {"price": "cheap"}})");
  ASSERT_EQ(xiaoer_facts_read(wrong, XIAOER_CHINESE, &facts, error.out()), XIAOER_BAD_FACTS);
  EXPECT_EQ(facts, nullptr);
  ASSERT_EQ(xiaoer_error_get(error.get(), 0, &chinese), XIAOER_OK);
  const std::string zh(xr::view(chinese.message));
  EXPECT_EQ(xr::view(chinese.file), "facts");
  EXPECT_EQ(xr::view(chinese.pointer), "/product/price");
  EXPECT_EQ(chinese.line, 1u);
  EXPECT_EQ(chinese.column, 23u);
  ASSERT_EQ(xiaoer_facts_read(wrong, XIAOER_ENGLISH, &facts, error.out()), XIAOER_BAD_FACTS);
  ASSERT_EQ(xiaoer_error_get(error.get(), 0, &english), XIAOER_OK);
  EXPECT_NE(zh, xr::view(english.message));
}

TEST(Error, FactsThatAreNoJson) {
  for (const char* text : {"", "{", "[]", "{\"a\": 1} x", "{\"a\": 1, \"a\": 2}", "nul"}) {
    EXPECT_THROW(xr::Facts{std::string_view(text)}, xr::Error) << text;
  }
  try {
    const xr::Facts facts("{\n \"product\": 3 }");
    FAIL();
  } catch (const xr::Error& error) {
    EXPECT_EQ(error.status(), XIAOER_BAD_FACTS);
    ASSERT_FALSE(error.diagnostics().empty());
    EXPECT_EQ(error.diagnostics()[0].line, 2u);
  }
}

// Every code of the interface itself has its sentence and remedy in the catalogue, in both
// languages.
TEST(Error, OwnCodesAreInTheCatalogue) {
  ErrorSlot error;
  const auto check = [&](const char* code) {
    xiaoer_diagnostic one = {};
    ASSERT_EQ(xiaoer_error_get(error.get(), 0, &one), XIAOER_OK) << code;
    EXPECT_EQ(xr::view(one.code), code);
    EXPECT_NE(xr::view(one.message), code) << "no sentence";
    EXPECT_NE(xr::view(one.remedy), code) << "no remedy";
  };
  xiaoer_context_new(nullptr, error.out());
  check("argument-null");
  xiaoer_facts* facts = nullptr;
  xiaoer_facts_read(xr::text("{}"), static_cast<xiaoer_language>(7), &facts, error.out());
  check("argument-out-of-range");
  xiaoer_ruleset* rules = nullptr;
  const xiaoer_ruleset_options options = {};
  xiaoer_ruleset_open(xr::text("x"), &options, &rules, error.out());
  check("argument-bad-struct");
  xiaoer_session* session = nullptr;
  xiaoer_session_restore("x", 1, &session, error.out());
  check("bad-snapshot");
  const xr::Session fresh;
  xiaoer_session_sent(fresh.get(), xr::text("没有说过的话"), 0, error.out());
  check("reply-not-pending");
  char byte;
  size_t size = 0;
  xiaoer_session_snapshot(fresh.get(), &byte, 1, &size, error.out());
  check("buffer-too-small");
}

TEST(Error, IndexOutOfRange) {
  ErrorSlot error;
  xiaoer_context_new(nullptr, error.out());
  xiaoer_diagnostic one;
  EXPECT_EQ(xiaoer_error_get(error.get(), 1, &one), XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_error_get(error.get(), 0, nullptr), XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_error_get(nullptr, 0, &one), XIAOER_INVALID_ARGUMENT);
}

TEST(Error, SuccessClearsTheSlot) {
  ErrorSlot slot;
  xiaoer_error* error = reinterpret_cast<xiaoer_error*>(1);
  xiaoer_context* context = nullptr;
  EXPECT_EQ(xiaoer_context_new(&context, &error), XIAOER_OK);
  EXPECT_EQ(error, nullptr);
  xiaoer_context_free(context);
}

TEST(Error, ABrokenReloadLeavesTheOldRulesAnswering) {
  const xr::Ruleset rules = demo();
  const std::string request = R"({"message": "能便宜点吗", "facts": {"product": {"price": 39.9}}})";
  const std::string before = capi_test::ask_json(rules, request);
  EXPECT_THROW(xr::Ruleset::open_files({{"pack.json", "{"}}), xr::Error);
  EXPECT_EQ(capi_test::ask_json(rules, request), before);
}

TEST(FactsCheck, TellsWhatLooksMisspelt) {
  const xr::Ruleset rules = demo();
  const xr::Facts facts(
      R"({"product": {"prise": 299, "weight": 3, "variants": [{"nmae": "大"}]}})");
  const std::vector<xr::Diagnostic> notes = rules.check_facts(facts);
  ASSERT_EQ(notes.size(), 2u);
  EXPECT_FALSE(notes[0].is_error);
  EXPECT_EQ(notes[0].code, "fact-unknown");
  EXPECT_EQ(notes[0].message, "规则包不认识事实 product.prise，没有话会用到它");
  EXPECT_EQ(notes[0].remedy, "您要写的是不是 product.price？自己的事实要写进规则包的 facts");
  EXPECT_EQ(notes[0].pointer, "/product/prise");
  EXPECT_EQ(notes[0].line, 1u);
  EXPECT_EQ(notes[1].pointer, "/product/variants/0/nmae");
  EXPECT_TRUE(rules.check_facts(xr::Facts(R"({"product": {"price": 299}})")).empty());
}

TEST(FactsCheck, GivesNothingWhereThereIsNothingToTell) {
  const xr::Ruleset rules = demo();
  const xr::Facts misspelt(R"({"product": {"prise": 299}})");
  ErrorSlot error;
  xiaoer_error* notes = nullptr;
  ASSERT_EQ(xiaoer_facts_check(rules.get(), misspelt.get(), &notes, error.out()), XIAOER_OK);
  EXPECT_EQ(xiaoer_error_status(notes), XIAOER_OK);
  EXPECT_EQ(xiaoer_error_count(notes), 1u);
  EXPECT_NE(xr::view(xiaoer_error_message(notes)).find("product.prise"), std::string_view::npos);
  EXPECT_EQ(error.get(), nullptr);
  xiaoer_error_free(notes);
  const xr::Facts own(R"({"product": {"weight": 3}})");
  notes = reinterpret_cast<xiaoer_error*>(&error);  // not looked at
  ASSERT_EQ(xiaoer_facts_check(rules.get(), own.get(), &notes, nullptr), XIAOER_OK);
  EXPECT_EQ(notes, nullptr);
  EXPECT_EQ(xiaoer_facts_check(nullptr, own.get(), &notes, error.out()), XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_facts_check(rules.get(), nullptr, &notes, nullptr), XIAOER_INVALID_ARGUMENT);
  EXPECT_EQ(xiaoer_facts_check(rules.get(), own.get(), nullptr, nullptr), XIAOER_INVALID_ARGUMENT);
}

}  // namespace
