#include "bench/generate.hpp"
#include "json/reader.hpp"

namespace xiaoer::bench {

std::string generate_facts_json() {
  return R"({"product": {"name": "保温杯", "price": 59.9, "stock": 120},
                 "shop": {"name": "小店"}})";
}

reply::Facts generate_facts() {
  Diagnostics diagnostics;
  json::Value value;
  reply::Facts facts;
  json::read(generate_facts_json(), "facts", {}, &value, &diagnostics);
  facts.read(value, "facts", &diagnostics);
  return facts;
}

}  // namespace xiaoer::bench
