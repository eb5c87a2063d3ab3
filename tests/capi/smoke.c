/* The C interface from C11: a pack from memory, one reply, a walk over the result, a session kept
 * as bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "xiaoer/xiaoer.h"

static int failures = 0;

static void expect(int condition, const char* what) {
  if (condition) return;
  ++failures;
  fprintf(stderr, "FAILED: %s\n", what);
}

static xiaoer_text text(const char* words) {
  xiaoer_text out;
  out.data = words;
  out.size = strlen(words);
  return out;
}

static int equals(xiaoer_text a, const char* b) {
  return a.size == strlen(b) && memcmp(a.data, b, a.size) == 0;
}

/* Takes the error's address: as an argument beside the call it might be read before the call sets
 * it. */
static int must(xiaoer_status status, xiaoer_error** error, const char* what) {
  if (status == XIAOER_OK) {
    expect(*error == NULL, "no error object on success");
    return 1;
  }
  {
    const xiaoer_text line = xiaoer_error_message(*error);
    fprintf(stderr, "FAILED: %s: %s: %.*s\n", what, xiaoer_status_name(status), (int)line.size,
            line.data);
  }
  xiaoer_error_free(*error);
  ++failures;
  return 0;
}

/* A file in an exact-size heap block, so that a read past its end shows. */
static xiaoer_text read_file(const char* path) {
  xiaoer_text out = {NULL, 0};
  char* bytes;
  long size;
  FILE* file = fopen(path, "rb");
  if (file == NULL) return out;
  fseek(file, 0, SEEK_END);
  size = ftell(file);
  rewind(file);
  bytes = malloc((size_t)size);
  if (bytes != NULL && fread(bytes, 1, (size_t)size, file) == (size_t)size) {
    out.data = bytes;
    out.size = (size_t)size;
  }
  fclose(file);
  return out;
}

static xiaoer_ruleset* open_demo(void) {
  xiaoer_file files[2];
  xiaoer_ruleset* rules = NULL;
  xiaoer_error* error = NULL;
  files[0].name = text("pack.json");
  files[0].bytes = read_file(XIAOER_DEMO_PACK "/pack.json");
  files[1].name = text("rules.json");
  files[1].bytes = read_file(XIAOER_DEMO_PACK "/rules.json");
  must(xiaoer_ruleset_open_files(files, 2, NULL, &rules, &error), &error, "open_files");
  free((void*)files[0].bytes.data);
  free((void*)files[1].bytes.data);
  return rules;
}

static void walk(const xiaoer_result* result) {
  int part;
  for (part = XIAOER_INTENT; part <= XIAOER_NEAR_MISS; ++part) {
    size_t i, j;
    for (i = 0; i < xiaoer_result_count(result, (xiaoer_part)part); ++i) {
      xiaoer_item item;
      expect(xiaoer_result_item(result, (xiaoer_part)part, i, &item) == XIAOER_OK, "item");
      expect(item.id.size > 0, "items have ids");
      expect(item.span.begin <= item.span.end, "span in order");
      for (j = 0; j < item.why_count; ++j) {
        xiaoer_reason reason;
        expect(xiaoer_result_why(result, (xiaoer_part)part, i, j, &reason) == XIAOER_OK, "why");
        expect(reason.kind.size > 0, "reasons have a kind");
      }
    }
  }
}

static void ask(const xiaoer_ruleset* rules, xiaoer_session* session) {
  xiaoer_context* context = NULL;
  xiaoer_result* result = NULL;
  xiaoer_facts* facts = NULL;
  xiaoer_error* error = NULL;
  xiaoer_request request;
  xiaoer_item item;
  memset(&request, 0, sizeof request);
  request.struct_size = sizeof request;
  request.message = text("能便宜点吗");
  must(xiaoer_context_new(&context, &error), &error, "context_new");
  must(xiaoer_result_new(&result, &error), &error, "result_new");
  must(xiaoer_facts_read(text("{\"product\": {\"price\": 39.9, \"stock\": 3}}"), XIAOER_CHINESE,
                         &facts, &error),
       &error, "facts_read");
  request.facts = facts;
  if (must(xiaoer_reply(rules, context, session, &request, result, &error), &error, "reply")) {
    expect(xiaoer_result_count(result, XIAOER_INTENT) > 0, "an intent");
    expect(xiaoer_result_item(result, XIAOER_INTENT, 0, &item) == XIAOER_OK, "first intent");
    expect(equals(item.id, "bargain.discount"), "it is bargaining");
    expect(xiaoer_result_item(result, XIAOER_REPLY, 0, &item) == XIAOER_OK, "first reply");
    expect(item.text.size > 0, "a reply has a text");
    must(xiaoer_session_sent(session, item.text, 0, &error), &error, "sent");
    walk(result);
  }
  xiaoer_facts_free(facts);
  xiaoer_result_free(result);
  xiaoer_context_free(context);
}

static void keep(xiaoer_session* session) {
  xiaoer_session* restored = NULL;
  xiaoer_error* error = NULL;
  size_t size = 0, again = 0;
  char *bytes, *other;
  must(xiaoer_session_snapshot(session, NULL, 0, &size, &error), &error, "snapshot size");
  expect(size > 0 && size <= 65536, "a snapshot of at most 64 KiB");
  bytes = malloc(size);
  other = malloc(size);
  if (bytes == NULL || other == NULL) exit(2);
  must(xiaoer_session_snapshot(session, bytes, size, &size, &error), &error, "snapshot");
  must(xiaoer_session_restore(bytes, size, &restored, &error), &error, "restore");
  must(xiaoer_session_snapshot(restored, other, size, &again, &error), &error, "snapshot again");
  expect(again == size && memcmp(bytes, other, size) == 0, "the same bytes again");
  xiaoer_session_free(restored);
  free(bytes);
  free(other);
}

int main(void) {
  xiaoer_session* session = NULL;
  xiaoer_error* error = NULL;
  xiaoer_ruleset* rules = open_demo();
  if (rules == NULL) return 1;
  expect(xiaoer_abi_version() == XIAOER_ABI_VERSION, "the library is as the header says");
  expect(equals(xiaoer_ruleset_id(rules), "demo"), "id of the pack");
  expect(equals(xiaoer_ruleset_version(rules), "1.2.0"), "version of the pack");
  must(xiaoer_session_new(&session, &error), &error, "session_new");
  ask(rules, session);
  keep(session);
  xiaoer_session_free(session);
  xiaoer_ruleset_free(rules);
  if (failures == 0) puts("ok");
  return failures == 0 ? 0 : 1;
}
