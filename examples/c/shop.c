/* A day at the counter: facts, events, what was sent, actions, the guard, JSON, sessions kept,
 * packs reloaded. usage: shop PACK */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xiaoer/xiaoer.h>

static xiaoer_text text(const char* words) { return (xiaoer_text){words, strlen(words)}; }

static void print(const char* before, xiaoer_text words) {
  printf("%s%.*s\n", before, (int)words.size, words.data);
}

/* What all threads share: the pack in use, which a reload exchanges. */
struct shop {
  pthread_mutex_t lock;
  xiaoer_ruleset* rules;
};

/* What a thread has of its own. */
struct desk {
  struct shop* shop;
  xiaoer_context* context;
  xiaoer_result* result;
};

/* Ends the program with the first problem. Takes the error's address: beside the call, as an
 * argument, it might be read before the call sets it. */
static void must(xiaoer_status status, xiaoer_error** error) {
  if (status == XIAOER_OK) return;
  const xiaoer_text line = xiaoer_error_message(*error);
  fprintf(stderr, "%s: %.*s\n", xiaoer_status_name(status), (int)line.size, line.data);
  exit(1);
}

/* ---- Reload */

static xiaoer_ruleset* current_rules(struct shop* shop) {
  pthread_mutex_lock(&shop->lock);
  xiaoer_ruleset* rules = xiaoer_ruleset_retain(shop->rules);
  pthread_mutex_unlock(&shop->lock);
  return rules;
}

/* A broken pack changes nothing: the old one goes on answering. */
static xiaoer_status reload(struct shop* shop, const char* path, xiaoer_error** error) {
  xiaoer_ruleset* fresh = NULL;
  const xiaoer_status status = xiaoer_ruleset_open(text(path), NULL, &fresh, error);
  if (status != XIAOER_OK) return status;
  pthread_mutex_lock(&shop->lock);
  xiaoer_ruleset* old = shop->rules;
  shop->rules = fresh;
  pthread_mutex_unlock(&shop->lock);
  xiaoer_ruleset_free(old); /* those who answer from it hold references of their own */
  return XIAOER_OK;
}

/* ---- Messages and events */

static xiaoer_status ask(struct desk* desk, xiaoer_session* session, const xiaoer_request* request,
                         xiaoer_error** error) {
  xiaoer_ruleset* rules = current_rules(desk->shop);
  const xiaoer_status status =
      xiaoer_reply(rules, desk->context, session, request, desk->result, error);
  xiaoer_ruleset_free(rules);
  return status;
}

static void tell_slips(struct desk* desk, const xiaoer_facts* facts) {
  xiaoer_error* notes = NULL; /* a list of warnings; NULL: there are none */
  xiaoer_error* error = NULL;
  xiaoer_diagnostic note;
  xiaoer_ruleset* rules = current_rules(desk->shop);
  must(xiaoer_facts_check(rules, facts, &notes, &error), &error);
  for (size_t i = 0; xiaoer_error_get(notes, i, &note) == XIAOER_OK; ++i) {
    print("facts: ", note.message);
    print("  ", note.remedy);
  }
  xiaoer_error_free(notes);
  xiaoer_ruleset_free(rules);
}

static void answer_bubbles(struct desk* desk, xiaoer_session* session, const xiaoer_facts* facts,
                           int64_t now) {
  const xiaoer_text bubbles[] = {text("在吗"), text("这款多少钱"), text("今天能发货吗")};
  xiaoer_error* error = NULL;
  xiaoer_request request = {.struct_size = sizeof request};
  request.messages = bubbles; /* answered once, together */
  request.message_count = 3;
  request.facts = facts;
  request.now = now;
  request.utc_offset_minutes = 8 * 60;
  request.has_now = 1;
  must(ask(desk, session, &request, &error), &error);
}

static void answer_event(struct desk* desk, xiaoer_session* session, const xiaoer_facts* facts) {
  xiaoer_error* error = NULL;
  xiaoer_request request = {.struct_size = sizeof request};
  request.event = text("order_paid"); /* what happened, instead of a message */
  request.facts = facts;
  must(ask(desk, session, &request, &error), &error);
}

/* ---- What counts as sent */

static void send_first(const xiaoer_result* result, xiaoer_session* session, int64_t now) {
  xiaoer_item reply;
  if (xiaoer_result_decision(result) != XIAOER_AUTO) return; /* a person looks at it first */
  if (xiaoer_result_item(result, XIAOER_REPLY, 0, &reply) != XIAOER_OK) return;
  print("sent: ", reply.text);
  xiaoer_session_sent(session, reply.text, now, NULL);
}

/* ---- How the chat stands */

static int is_for_a_person(const xiaoer_result* result) {
  xiaoer_conversation chat = {.struct_size = sizeof chat};
  if (xiaoer_result_conversation(result, &chat) != XIAOER_OK) return 1;
  return chat.person_in_charge || xiaoer_result_decision(result) == XIAOER_HANDOFF;
}

/* ---- Actions */

static int carry_out(const xiaoer_action* action) {
  print("done: ", action->action); /* the shop's own system does it */
  return 1;
}

static void carry_out_all(const xiaoer_result* result, xiaoer_session* session, int64_t now) {
  xiaoer_action action = {.struct_size = sizeof action};
  for (size_t i = 0; xiaoer_result_action(result, i, &action) == XIAOER_OK; ++i) {
    if (action.requires_person) continue;
    xiaoer_session_confirm(session, action.action, carry_out(&action), now, NULL);
  }
}

/* ---- The guard */

static int may_leave(struct desk* desk, const xiaoer_session* session, const xiaoer_facts* facts,
                     const char* words) {
  xiaoer_verdict* verdict = NULL;
  xiaoer_error* error = NULL;
  xiaoer_finding finding;
  const xiaoer_guard_request request = {
      .struct_size = sizeof request, .text = text(words), .facts = facts};
  xiaoer_ruleset* rules = current_rules(desk->shop);
  must(xiaoer_verdict_new(&verdict, &error), &error);
  must(xiaoer_guard(rules, desk->context, session, &request, verdict, &error), &error);
  for (size_t i = 0; xiaoer_verdict_finding(verdict, i, &finding) == XIAOER_OK; ++i) {
    print("found: ", finding.rule);
  }
  const int leaves = xiaoer_verdict_outcome(verdict) != XIAOER_REFUSED;
  if (leaves) print("may leave: ", xiaoer_verdict_text(verdict)); /* perhaps rewritten */
  xiaoer_verdict_free(verdict);
  xiaoer_ruleset_free(rules);
  return leaves;
}

/* ---- JSON */

static void answer_line(struct desk* desk, xiaoer_session* session, const xiaoer_facts* facts,
                        const char* line) {
  xiaoer_text json;
  xiaoer_error* error = NULL;
  xiaoer_ruleset* rules = current_rules(desk->shop);
  must(xiaoer_reply_json(rules, desk->context, session, facts, text(line), desk->result, &json,
                         &error),
       &error);
  print("", json); /* until the result is filled again */
  xiaoer_ruleset_free(rules);
}

/* ---- Sessions kept */

static unsigned char* keep(xiaoer_session* session, size_t* size) {
  xiaoer_error* error = NULL;
  must(xiaoer_session_snapshot(session, NULL, 0, size, &error), &error); /* only the size */
  unsigned char* bytes = malloc(*size);
  if (bytes == NULL) exit(1);
  must(xiaoer_session_snapshot(session, bytes, *size, size, &error), &error);
  return bytes;
}

static xiaoer_session* wake(const unsigned char* bytes, size_t size) {
  xiaoer_session* session = NULL;
  xiaoer_error* error = NULL;
  if (xiaoer_session_restore(bytes, size, &session, &error) != XIAOER_OK) {
    xiaoer_error_free(error); /* damaged, or of a newer version: begin anew */
    must(xiaoer_session_new(&session, &error), &error);
  }
  return session;
}

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const int64_t now = 1795226400; /* the program brings the time: 2026-11-21, 10:00 in Shanghai */
  struct shop shop = {PTHREAD_MUTEX_INITIALIZER, NULL};
  struct desk desk = {&shop, NULL, NULL};
  xiaoer_session* session = NULL;
  xiaoer_facts* facts = NULL;
  xiaoer_error* error = NULL;
  must(reload(&shop, argv[1], &error), &error);
  must(xiaoer_context_new(&desk.context, &error), &error);
  must(xiaoer_result_new(&desk.result, &error), &error);
  must(xiaoer_session_new(&session, &error), &error);
  must(xiaoer_facts_read(text("{\"product\": {\"price\": 39.9}, \"shop\": {\"cutoff\": \"16:00\"},"
                              " \"order\": {\"state\": \"paid\"}}"),
                         XIAOER_CHINESE, &facts, &error),
       &error);

  tell_slips(&desk, facts);
  answer_bubbles(&desk, session, facts, now);
  send_first(desk.result, session, now);
  answer_event(&desk, session, facts);
  send_first(desk.result, session, now);
  answer_line(&desk, session, facts, "{\"id\": 7, \"message\": \"帮我备注放门口\"}");
  carry_out_all(desk.result, session, now);
  if (is_for_a_person(desk.result)) puts("a person takes over");
  if (!may_leave(&desk, session, facts, "给您20块吧,加我微信")) puts("stays here");
  if (!may_leave(&desk, session, facts, "这款39.9元哦")) return 1;

  size_t size = 0;
  unsigned char* bytes = keep(session, &size);
  xiaoer_session_free(session);
  session = wake(bytes, size);
  free(bytes);
  if (reload(&shop, "no such pack", &error) == XIAOER_OK) return 1;
  xiaoer_error_free(error);

  xiaoer_facts_free(facts);
  xiaoer_session_free(session);
  xiaoer_result_free(desk.result);
  xiaoer_context_free(desk.context);
  xiaoer_ruleset_free(shop.rules);
  return 0;
}
