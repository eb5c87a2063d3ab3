/* The first program: a message in, ranked replies out. usage: first PACK MESSAGE */
#include <stdio.h>
#include <string.h>
#include <xiaoer/xiaoer.h>

static xiaoer_text text(const char* words) { return (xiaoer_text){words, strlen(words)}; }

static void print(const char* before, xiaoer_text words) {
  printf("%s%.*s\n", before, (int)words.size, words.data);
}

/* Every problem, not the first alone: a pack is mended in one go. */
static void print_problems(const xiaoer_error* error) {
  xiaoer_diagnostic problem;
  for (size_t i = 0; xiaoer_error_get(error, i, &problem) == XIAOER_OK; ++i) {
    printf("%.*s:%u:%u: ", (int)problem.file.size, problem.file.data, (unsigned)problem.line,
           (unsigned)problem.column);
    print("", problem.code);
    print("  ", problem.message);
    print("  ", problem.remedy);
  }
}

static void print_replies(const xiaoer_result* result) {
  xiaoer_item item;
  if (xiaoer_result_decision(result) == XIAOER_SILENT) return; /* nothing is to be sent */
  for (size_t i = 0; xiaoer_result_item(result, XIAOER_REPLY, i, &item) == XIAOER_OK; ++i) {
    print("reply: ", item.text);
  }
}

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  xiaoer_ruleset* rules = NULL;
  xiaoer_context* context = NULL;
  xiaoer_session* session = NULL;
  xiaoer_result* result = NULL;
  xiaoer_error* error = NULL;
  xiaoer_request request = {.struct_size = sizeof request, .message = text(argv[2])};
  int code = 1;
  if (xiaoer_ruleset_open(text(argv[1]), NULL, &rules, &error) == XIAOER_OK &&
      xiaoer_context_new(&context, &error) == XIAOER_OK &&
      xiaoer_session_new(&session, &error) == XIAOER_OK &&
      xiaoer_result_new(&result, &error) == XIAOER_OK &&
      xiaoer_reply(rules, context, session, &request, result, &error) == XIAOER_OK) {
    print_replies(result);
    code = 0;
  }
  print_problems(error); /* NULL, without problems, when all went well */
  xiaoer_error_free(error);
  xiaoer_result_free(result); /* what was borrowed from it is gone with it */
  xiaoer_session_free(session);
  xiaoer_context_free(context);
  xiaoer_ruleset_free(rules);
  return code;
}
