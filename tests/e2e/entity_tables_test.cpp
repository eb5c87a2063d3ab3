// Every kind of entity against its table of what buyers write, tests/data/entities/<kind>.tsv:
// a message, then a tab and one column an expected entity of that kind, in order:
//   text=value    the buyer's characters and the normal form; "text" alone where both are the same
//   !  ?  ~       behind the value: an offer, an amount that is no offer, approximate
//   -             the only column of a message with none of this kind
// Lines that begin with '#' tell the forms apart.

#include <algorithm>
#include <fstream>
#include <set>

#include "e2e/fixture.hpp"

namespace xiaoer::test {
namespace {

using entities::Entity;

struct TableRow {
  std::string place;  // file:line
  std::string message;
  std::vector<std::string> expected;
};

// "80!" stands for "80=80!".
std::string long_form(const std::string& column) {
  if (column.find('=') != std::string::npos) return column;
  return column.substr(0, column.find_last_not_of("!?~") + 1) + "=" + column;
}

std::vector<TableRow> read_table(const std::string& kind) {
  std::vector<TableRow> rows;
  const std::string path = XIAOER_TEST_DATA "/data/entities/" + kind + ".tsv";
  std::ifstream file(path);
  EXPECT_TRUE(file.is_open()) << path;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream columns(line);
    TableRow row;
    row.place = path + ":" + std::to_string(number);
    std::getline(columns, row.message, '\t');
    for (std::string column; std::getline(columns, column, '\t');) {
      row.expected.push_back(column == "-" ? column : long_form(column));
    }
    EXPECT_FALSE(row.expected.empty()) << row.place << ": no column";
    if (row.expected == std::vector<std::string>{"-"}) row.expected.clear();
    rows.push_back(std::move(row));
  }
  return rows;
}

class Reader {
 public:
  Reader() : scratch_(rules_.matcher().make_scratch()) {}

  std::vector<std::string> read(const std::string& message, std::string_view kind) {
    EXPECT_EQ(text::normalise(message, text_), text::NormaliseStatus::kOk);
    rules_.matcher().scan(text_, scratch_.get());
    rules_.entities().find(text_, rules_.matcher().dictionary_hits(*scratch_), &entities_);
    std::vector<std::string> found;
    for (const Entity& entity : entities_.list) {
      if (rules_.entities().kind_name(entity.kind) == kind) found.push_back(describe(entity));
    }
    return found;
  }

 private:
  std::string describe(const Entity& entity) const {
    std::string out(text_.source(entity.span));
    out += '=';
    out += entities_.value(entity);
    if ((entity.flags & entities::kOffer) != 0) out += '!';
    if ((entity.flags & entities::kReference) != 0) out += '?';
    if ((entity.flags & entities::kApproximate) != 0) out += '~';
    return out;
  }

  const Ruleset& rules_ = default_ruleset();
  text::Text text_;
  match::MatchScratchPtr scratch_;
  entities::Entities entities_;
};

class EntityTable : public testing::TestWithParam<const char*> {};

TEST_P(EntityTable, IsReadAsWritten) {
  Reader reader;
  for (const TableRow& row : read_table(GetParam())) {
    EXPECT_EQ(reader.read(row.message, GetParam()), row.expected)
        << row.place << ": " << row.message;
  }
}

// A table that only shows what is found says nothing about what must not be.
TEST_P(EntityTable, HasEnoughOfBoth) {
  const std::vector<TableRow> rows = read_table(GetParam());
  std::set<std::string> messages;
  for (const TableRow& row : rows) {
    EXPECT_TRUE(messages.insert(row.message).second) << row.place << ": written twice";
  }
  const auto negative = std::count_if(rows.begin(), rows.end(),
                                      [](const TableRow& row) { return row.expected.empty(); });
  EXPECT_GE(rows.size(), 300u);
  EXPECT_GE(static_cast<size_t>(negative) * 3, rows.size());
}

TEST(EntityTables, CoverEveryKind) {
  for (const rules::EntityKindDef& kind : rules::entity_kinds()) {
    EXPECT_FALSE(read_table(std::string(kind.name)).empty()) << kind.name;
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, EntityTable,
                         testing::Values("money", "quantity", "size", "colour", "date", "carrier",
                                         "region", "order_number", "item_number", "phone", "height",
                                         "weight", "foot"),
                         [](const auto& kind) { return std::string(kind.param); });

}  // namespace
}  // namespace xiaoer::test
