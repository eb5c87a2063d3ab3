/* Answers one line of JSON with an installed Xiaoer. */
#include <stdio.h>
#include <string.h>
#include <xiaoer/xiaoer.h>

static xiaoer_text text(const char* words) {
  xiaoer_text out;
  out.data = words;
  out.size = strlen(words);
  return out;
}

static int report(xiaoer_error* error) {
  const xiaoer_text line = xiaoer_error_message(error);
  fprintf(stderr, "%.*s\n", (int)line.size, line.data);
  xiaoer_error_free(error);
  return 1;
}

int main(int argc, char** argv) {
  xiaoer_ruleset* rules = NULL;
  xiaoer_context* context = NULL;
  xiaoer_result* result = NULL;
  xiaoer_error* error = NULL;
  xiaoer_text json;
  int code = 0;
  if (argc != 3) return 2;
  if (xiaoer_ruleset_open(text(argv[1]), NULL, &rules, &error) != XIAOER_OK) return report(error);
  if (xiaoer_context_new(&context, &error) != XIAOER_OK ||
      xiaoer_result_new(&result, &error) != XIAOER_OK ||
      xiaoer_reply_json(rules, context, NULL, NULL, text(argv[2]), result, &json, &error) !=
          XIAOER_OK) {
    code = report(error);
  } else {
    printf("%.*s\n", (int)json.size, json.data);
  }
  xiaoer_result_free(result);
  xiaoer_context_free(context);
  xiaoer_ruleset_free(rules);
  return code;
}
