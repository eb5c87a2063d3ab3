/* xiaoer.h: the C interface of Xiaoer (小二), a scripted chat-reply engine for shops.
 *
 * The only exported interface of libxiaoer; everything else is internal. C11 and C++ compatible.
 *
 * Conventions
 *
 * - Status: functions that can fail return xiaoer_status; XIAOER_OK is 0. On failure out parameters
 *   are set to NULL, or zeroed but for struct_size. The last parameter `xiaoer_error **error` may
 *   be NULL; when it is not, it receives an error object on failure (free it with
 *   xiaoer_error_free) and NULL on success.
 *
 * - Text: UTF-8, {data, size}, not NUL-terminated. Input texts are borrowed for the call. A
 *   {NULL, 0} text is empty. Output texts are borrowed from the handle they were asked from and
 *   live as long as it does, unless said otherwise (a result's texts live until the result is
 *   filled again or freed).
 *
 * - Handles: created by *_open, *_new or *_read, released by exactly one *_free, which takes NULL
 *   as well.
 *
 * - Threads: a ruleset and facts are immutable: any number of threads may use one at the same time.
 *   A context, a session and a result belong to one call at a time; a context or session that is in
 *   use answers XIAOER_BUSY. Nothing here starts a thread, reads a clock, the environment, or
 *   another file than the paths given and, for `extends`, folders beside the pack's own.
 *
 * - Structs that grow begin with struct_size: set it to sizeof(the struct) and zero the rest. They
 *   only grow at the end, so that a shorter struct of an older client keeps working. One that is
 *   too short to hold what is required, or larger than 4096 bytes, gives XIAOER_INVALID_ARGUMENT.
 *   Of a longer struct, of a newer client: in options, members that the library does not know must
 *   be zero; in a struct that it fills, they stay as they are.
 *
 * - Times: seconds since the epoch, 0 to the end of the year 9999; others are
 *   XIAOER_INVALID_ARGUMENT.
 *
 * - Exceptions: none leaves this interface; out of memory is XIAOER_OUT_OF_MEMORY with a static
 *   error object.
 *
 * - Spans: byte offsets into the buyer's message (bubbles joined by '\n').
 */
#ifndef XIAOER_XIAOER_H_
#define XIAOER_XIAOER_H_

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#if defined(XIAOER_BUILDING)
#define XIAOER_API __declspec(dllexport)
#elif defined(XIAOER_STATIC)
#define XIAOER_API
#else
#define XIAOER_API __declspec(dllimport)
#endif
#elif defined(__GNUC__)
#define XIAOER_API __attribute__((visibility("default")))
#else
#define XIAOER_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Version of this interface, apart from the release: raised when something is added; see
 * docs/c-api.md for the deprecation policy. */
#define XIAOER_ABI_VERSION 1
XIAOER_API uint32_t xiaoer_abi_version(void);
/* Release of the library, "MAJOR.MINOR.PATCH", static and NUL-terminated. */
XIAOER_API const char* xiaoer_version(void);

/* ---- Status codes. Values never change. The *_32_BITS members only fix the size and range of each
 * enum, so that a value of a newer version may be passed around; they are no values. */
typedef enum xiaoer_status {
  XIAOER_OK = 0,
  XIAOER_INVALID_ARGUMENT =
      1, /* NULL where a handle is needed, a short struct, an index out of range */
  XIAOER_OUT_OF_MEMORY = 2,
  XIAOER_BUSY = 3,         /* the context or session is in use by another call */
  XIAOER_LIMIT = 4,        /* the message or another input is longer than its documented limit */
  XIAOER_NOT_FOUND = 5,    /* no such file or folder, or no such pending reply */
  XIAOER_BAD_PACK = 6,     /* the pack has errors; the error lists all of them */
  XIAOER_BAD_FACTS = 7,    /* the facts object has errors; the error lists all of them */
  XIAOER_BAD_JSON = 8,     /* a request is not JSON or lacks what it needs */
  XIAOER_BAD_SNAPSHOT = 9, /* damaged, or from a newer version */
  XIAOER_INTERNAL = 10,    /* a fault of ours; please report it */
  XIAOER_STATUS_32_BITS = 0x7fffffff
} xiaoer_status;
/* Name of a status, "XIAOER_OK", static; "unknown status" for other values. */
XIAOER_API const char* xiaoer_status_name(xiaoer_status status);

/* ---- Text */
typedef struct xiaoer_text {
  const char* data;
  size_t size;
} xiaoer_text;

/* ---- Handles */
typedef struct xiaoer_ruleset xiaoer_ruleset; /* a compiled pack; immutable, reference-counted */
typedef struct xiaoer_context xiaoer_context; /* scratch memory of one thread */
typedef struct xiaoer_session xiaoer_session; /* bounded memory of one conversation; no ruleset */
typedef struct xiaoer_facts xiaoer_facts;     /* facts of a call, parsed once, reusable */
typedef struct xiaoer_result xiaoer_result;   /* what a call gives back; reusable */
typedef struct xiaoer_verdict xiaoer_verdict; /* what the guard says of a text; reusable */
typedef struct xiaoer_error xiaoer_error;     /* a list of problems */

/* ---- Errors */
typedef enum xiaoer_language {
  XIAOER_CHINESE = 0,
  XIAOER_ENGLISH = 1,
  XIAOER_LANGUAGE_32_BITS = 0x7fffffff
} xiaoer_language;
typedef enum xiaoer_severity {
  XIAOER_ERROR = 0,
  XIAOER_WARNING = 1,
  XIAOER_SEVERITY_32_BITS = 0x7fffffff
} xiaoer_severity;

typedef struct xiaoer_diagnostic {
  xiaoer_severity severity;
  xiaoer_text code;    /* stable, kebab-case; docs/errors.md lists them */
  xiaoer_text message; /* a sentence in the language asked for */
  xiaoer_text remedy;  /* how to mend it; may be empty */
  xiaoer_text file;    /* may be empty */
  uint32_t line;       /* from 1; 0: the whole file */
  uint32_t column;     /* from 1, in characters */
  xiaoer_text pointer; /* JSON pointer */
  xiaoer_text rule_id; /* intent, reply ... concerned; may be empty */
} xiaoer_diagnostic;

XIAOER_API xiaoer_status xiaoer_error_status(const xiaoer_error* error); /* XIAOER_OK for NULL */
XIAOER_API size_t xiaoer_error_count(const xiaoer_error* error);         /* 0 for NULL */
/* Fills `*out` with entry `index`; texts are borrowed from `error`. */
XIAOER_API xiaoer_status xiaoer_error_get(const xiaoer_error* error, size_t index,
                                          xiaoer_diagnostic* out);
/* The first problem as one line, for logs; "" for NULL. */
XIAOER_API xiaoer_text xiaoer_error_message(const xiaoer_error* error);
XIAOER_API void xiaoer_error_free(xiaoer_error* error);

/* ---- Rulesets */
typedef struct xiaoer_ruleset_options {
  size_t struct_size;
  xiaoer_language language;       /* of messages; default Chinese */
  const xiaoer_text* search_path; /* folders in which `extends` is looked up */
  size_t search_path_count;
  size_t max_bytes;  /* of all pack files together; 0: 16 MiB */
  int32_t run_tests; /* not 0: the pack's own tests must pass */
  int32_t reserved;  /* 0 */
} xiaoer_ruleset_options;

/* A pack file in memory; `name` is relative, '/' between folders: "pack.json",
 * "intents/bargain.json". */
typedef struct xiaoer_file {
  xiaoer_text name;
  xiaoer_text bytes;
} xiaoer_file;

/* Loads and compiles the pack in folder `path`, or maps the image in file `path` (written by
 * `xiaoer compile`, or xiaoer_ruleset_image saved). `options` may be NULL. Errors:
 * XIAOER_NOT_FOUND, XIAOER_BAD_PACK (also for an image that is damaged or of another release),
 * XIAOER_INVALID_ARGUMENT, XIAOER_OUT_OF_MEMORY. Warnings of a good pack are kept in the ruleset.
 * A mapped file must not be written to while any process uses it: replace it by renaming another
 * file over it, as `xiaoer compile` does; what was opened before keeps the old one. Of the options
 * an image heeds only `language`; it holds no tests, so `run_tests` refuses it. */
XIAOER_API xiaoer_status xiaoer_ruleset_open(xiaoer_text path,
                                             const xiaoer_ruleset_options* options,
                                             xiaoer_ruleset** out, xiaoer_error** error);
/* The same from memory. The files are borrowed for the call. */
XIAOER_API xiaoer_status xiaoer_ruleset_open_files(const xiaoer_file* files, size_t count,
                                                   const xiaoer_ruleset_options* options,
                                                   xiaoer_ruleset** out, xiaoer_error** error);
/* Opens an image from memory, which is copied: the way to take one from where it could be changed
 * meanwhile. Errors as of xiaoer_ruleset_open. */
XIAOER_API xiaoer_status xiaoer_ruleset_open_image(xiaoer_text image,
                                                   const xiaoer_ruleset_options* options,
                                                   xiaoer_ruleset** out, xiaoer_error** error);
/* The ruleset as bytes, to be kept in a file or elsewhere and opened again by this release of the
 * library on machines of this byte order. The same pack gives the same bytes. Borrowed from the
 * ruleset; empty for NULL. docs/image-format.md tells what is in it. */
XIAOER_API xiaoer_text xiaoer_ruleset_image(const xiaoer_ruleset* ruleset);
/* Another reference to the same ruleset (for a thread of its own, or across a reload). NULL gives
 * NULL. */
XIAOER_API xiaoer_ruleset* xiaoer_ruleset_retain(xiaoer_ruleset* ruleset);
/* Gives up one reference. */
XIAOER_API void xiaoer_ruleset_free(xiaoer_ruleset* ruleset);
XIAOER_API xiaoer_text xiaoer_ruleset_id(const xiaoer_ruleset* ruleset);
XIAOER_API xiaoer_text xiaoer_ruleset_version(const xiaoer_ruleset* ruleset);
XIAOER_API size_t xiaoer_ruleset_warning_count(const xiaoer_ruleset* ruleset);
XIAOER_API xiaoer_status xiaoer_ruleset_warning(const xiaoer_ruleset* ruleset, size_t index,
                                                xiaoer_diagnostic* out);

/* ---- Contexts */
XIAOER_API xiaoer_status xiaoer_context_new(xiaoer_context** out, xiaoer_error** error);
XIAOER_API void xiaoer_context_free(xiaoer_context* context);

/* ---- Facts: a JSON object, rules/facts.schema.json. At most 1 MiB. */
XIAOER_API xiaoer_status xiaoer_facts_read(xiaoer_text json, xiaoer_language language,
                                           xiaoer_facts** out, xiaoer_error** error);
XIAOER_API void xiaoer_facts_free(xiaoer_facts* facts);
/* What of the facts looks like a slip of the pen: keys that neither the vocabulary nor the pack
 * has, and that are near one which they have ("product.prise"). Such a key is no error, since
 * callers may have keys of their own, but no reply reads it. `*notes` is then a list of warnings in
 * the ruleset's language, which xiaoer_error_get reads and xiaoer_error_free frees; its status is
 * XIAOER_OK. NULL: there are none. Ask once, when a program is set up. */
XIAOER_API xiaoer_status xiaoer_facts_check(const xiaoer_ruleset* ruleset,
                                            const xiaoer_facts* facts, xiaoer_error** notes,
                                            xiaoer_error** error);

/* ---- Sessions */
XIAOER_API xiaoer_status xiaoer_session_new(xiaoer_session** out, xiaoer_error** error);
XIAOER_API void xiaoer_session_free(xiaoer_session* session);
/* Tells that `text`, a reply, technique or holding reply of the last result, was really sent. Only
 * then do its variant, offer, promise and push count. `at`: seconds since the epoch, 0 if unknown.
 * XIAOER_NOT_FOUND: the last result held no such text; it is recorded as a line of the human agent.
 */
XIAOER_API xiaoer_status xiaoer_session_sent(xiaoer_session* session, xiaoer_text text, int64_t at,
                                             xiaoer_error** error);
/* A line that the human agent wrote, or any other line under the shop's name: one that the engine
 * offered is known again. A line of the agent's own puts him in charge: results are silent for as
 * long as the pack says (settings.conversation.takeover_minutes), with `at` 0 until the event
 * "person_left". */
XIAOER_API xiaoer_status xiaoer_session_observe(xiaoer_session* session, xiaoer_text agent_line,
                                                int64_t at, xiaoer_error** error);
/* What became of an action that a result proposed: done (`ok` not 0) or refused by whoever tried
 * it. Only then may a text say that it was done. XIAOER_INVALID_ARGUMENT: no action is called so;
 * XIAOER_NOT_FOUND: no result proposed it. */
XIAOER_API xiaoer_status xiaoer_session_confirm(xiaoer_session* session, xiaoer_text action,
                                                int32_t ok, int64_t at, xiaoer_error** error);
/* The session as bytes: at most 64 KiB, the same on every machine, no buyer text inside. With
 * `buffer` NULL only
 * `*size` is set. A buffer that is too small gives XIAOER_LIMIT and the size needed; nothing is
 * written. */
XIAOER_API xiaoer_status xiaoer_session_snapshot(xiaoer_session* session, void* buffer,
                                                 size_t capacity, size_t* size,
                                                 xiaoer_error** error);
/* A session from a snapshot of this or an older version. */
XIAOER_API xiaoer_status xiaoer_session_restore(const void* bytes, size_t size,
                                                xiaoer_session** out, xiaoer_error** error);

/* ---- Replying */
typedef struct xiaoer_request {
  size_t struct_size;
  xiaoer_text
      message; /* the buyer's words: any bytes, at most 64 KiB; ill-formed UTF-8 reads as U+FFFD */
  const xiaoer_text* messages; /* further bubbles, answered once together */
  size_t message_count;
  xiaoer_text event; /* instead of a message, what happened: "order_paid", ...; docs/jsonl.md
                        lists them; both are XIAOER_INVALID_ARGUMENT */
  xiaoer_text previous_agent; /* the shop's line before, when no session remembers it */
  const xiaoer_facts* facts;  /* NULL: none */
  int64_t now;                /* seconds since the epoch; used when has_now is not 0 */
  int32_t utc_offset_minutes; /* of the shop's local time; 0: as the pack's settings say */
  int32_t has_now;            /* 0: conditions on time are false */
  uint64_t seed;              /* picks variants; default 0 */
  int32_t trace;              /* not 0: the result also tells what nearly won and what it lacked */
  int32_t assume_sent;        /* not 0: the first reply (and technique) counts as sent */
} xiaoer_request;

typedef enum xiaoer_decision {
  XIAOER_AUTO = 0,    /* the first reply may go out by itself */
  XIAOER_SUGGEST = 1, /* for a person to choose */
  XIAOER_HANDOFF = 2, /* a person must take over; the holding reply, if any, may go out at once */
  XIAOER_SILENT = 3,  /* nothing is to be sent; xiaoer_result_conversation tells why. While a person
                         is in charge the replies are suggestions for him */
  XIAOER_DECISION_32_BITS = 0x7fffffff
} xiaoer_decision;

XIAOER_API xiaoer_status xiaoer_result_new(xiaoer_result** out, xiaoer_error** error);
XIAOER_API void xiaoer_result_free(xiaoer_result* result);

/* Answers one request into `result`, which is emptied first. `session` may be NULL. On failure the
 * session is as it was. In steady state (context and result reused) no memory is allocated. */
XIAOER_API xiaoer_status xiaoer_reply(const xiaoer_ruleset* ruleset, xiaoer_context* context,
                                      xiaoer_session* session, const xiaoer_request* request,
                                      xiaoer_result* result, xiaoer_error** error);
/* The same with JSON in and out, as `xiaoer reply --jsonl` reads and writes a line (docs/jsonl.md);
 * "id" is passed through, a "session" key is not looked at: `session` counts. `*json` is borrowed
 * from `result` until that is filled again. A {"guard": "text"} request gives the verdict's JSON
 * and leaves `result` empty. Errors in the request give XIAOER_BAD_JSON or XIAOER_BAD_FACTS.
 * `facts` (may be NULL) serve when the request has none of its own. */
XIAOER_API xiaoer_status xiaoer_reply_json(const xiaoer_ruleset* ruleset, xiaoer_context* context,
                                           xiaoer_session* session, const xiaoer_facts* facts,
                                           xiaoer_text request_json, xiaoer_result* result,
                                           xiaoer_text* json, xiaoer_error** error);
/* The whole filled result as JSON, borrowed from `result` until that is filled again. What
 * xiaoer_reply_json gave stays as it is. */
XIAOER_API xiaoer_status xiaoer_result_json(xiaoer_result* result, xiaoer_text* json,
                                            xiaoer_error** error);

/* ---- Reading a result. Items are ranked, best first; indices out of range give
 * XIAOER_INVALID_ARGUMENT. */
typedef struct xiaoer_span {
  uint32_t begin, end; /* bytes of the buyer's message */
} xiaoer_span;
/* The lists of a result. */
typedef enum xiaoer_part {
  XIAOER_INTENT = 0,
  XIAOER_ENTITY = 1,
  XIAOER_REPLY = 2,
  XIAOER_TECHNIQUE = 3,
  XIAOER_GUARD = 4,
  XIAOER_NEAR_MISS = 5,
  XIAOER_ACTION = 6,
  XIAOER_LINK = 7,
  XIAOER_BUYER = 8,      /* one: the buyer's mood, with its evidence as reasons */
  XIAOER_TRAIT = 9,      /* what kind of buyer, and what moves him */
  XIAOER_CASE_FACT = 10, /* of the case record, as the others below */
  XIAOER_QUOTE = 11,
  XIAOER_PROMISE = 12,
  XIAOER_URGENCY = 13, /* one on handover, for its score and reasons */
  XIAOER_MAJOR = 14,   /* one on handover, score 0 or 1 */
  XIAOER_PART_32_BITS = 0x7fffffff
} xiaoer_part;
typedef struct xiaoer_item {
  xiaoer_text id;    /* intent, reply or wording id; entity: its kind; guard: the text's id;
                        action: the intent's id; link: "asked" or "related"; buyer: "calm",
                        "anxious", "annoyed", "angry" or "abusive"; trait: "hesitant", ...; case
                        fact and promise: the fact's path */
  xiaoer_text text;  /* intent: title; entity: the buyer's words; reply, technique: what to send;
                        guard: the detail; link: the item's name; case fact: its Chinese name;
                        promise: when it is due, ISO 8601 */
  xiaoer_text value; /* entity: normal form; technique: "scarcity", ..., or the manner of
                        persuasion "yield", ...; guard: the rule; action: "change_address", ...;
                        link: the address; trait: "type" or "psychology"; case fact: its value,
                        personal data masked; promise: "open", "overdue", "kept"
                        or "late": done, but after its time */
  float score;       /* 0..1 */
  xiaoer_span span;  /* intent, entity, quote */
  size_t why_count;
} xiaoer_item;
typedef struct xiaoer_reason {
  xiaoer_text kind, rule;
  xiaoer_span span;
  float points;
} xiaoer_reason;
typedef struct xiaoer_handoff {
  xiaoer_text reason, route, intent_id, holding_id, holding_text;
  size_t need_count;
} xiaoer_handoff;

XIAOER_API xiaoer_decision xiaoer_result_decision(const xiaoer_result* result);
/* Stage of the conversation and state of the order after this message: "closing", "paid", ... */
XIAOER_API xiaoer_text xiaoer_result_stage(const xiaoer_result* result);
XIAOER_API xiaoer_text xiaoer_result_order_state(const xiaoer_result* result);
/* The message that all spans count in: the bubbles joined by '\n'. */
XIAOER_API xiaoer_text xiaoer_result_message(const xiaoer_result* result);
XIAOER_API size_t xiaoer_result_count(const xiaoer_result* result, xiaoer_part part);
XIAOER_API xiaoer_status xiaoer_result_item(const xiaoer_result* result, xiaoer_part part,
                                            size_t index, xiaoer_item* out);
XIAOER_API xiaoer_status xiaoer_result_why(const xiaoer_result* result, xiaoer_part part,
                                           size_t index, size_t reason, xiaoer_reason* out);
/* Which intents reply number `reply` answers: how many, and the id of each. */
XIAOER_API size_t xiaoer_result_reply_intent_count(const xiaoer_result* result, size_t reply);
XIAOER_API xiaoer_status xiaoer_result_reply_intent(const xiaoer_result* result, size_t reply,
                                                    size_t index, xiaoer_text* intent_id);
/* XIAOER_NOT_FOUND when the decision is not a handover. */
XIAOER_API xiaoer_status xiaoer_result_handoff(const xiaoer_result* result, xiaoer_handoff* out);
XIAOER_API xiaoer_status xiaoer_result_handoff_need(const xiaoer_result* result, size_t index,
                                                    xiaoer_text* out);
/* What to do next about the message, and what has still to be asked for it; also where no person is
 * called. */
typedef struct xiaoer_guidance {
  size_t struct_size;
  xiaoer_text intent_id;
  xiaoer_text next_step; /* a sentence of the pack for the agent; may be empty */
  size_t need_count;
} xiaoer_guidance;
/* XIAOER_NOT_FOUND when the pack has no advice. */
XIAOER_API xiaoer_status xiaoer_result_guidance(const xiaoer_result* result, xiaoer_guidance* out);
XIAOER_API xiaoer_status xiaoer_result_need(const xiaoer_result* result, size_t index,
                                            xiaoer_text* out);
/* The case record of a handover; its lists are the parts from XIAOER_CASE_FACT on. */
typedef struct xiaoer_case {
  size_t struct_size;
  xiaoer_text summary;   /* one sentence for the person who takes over */
  xiaoer_text next_step; /* what the pack advises */
  float urgency;         /* 0..1 */
  int32_t major;         /* not 0: a major complaint */
} xiaoer_case;
/* XIAOER_NOT_FOUND when the decision is not a handover. */
XIAOER_API xiaoer_status xiaoer_result_case(const xiaoer_result* result, xiaoer_case* out);

/* Something that the client may carry out. Nothing is said to be done before the client confirms it
 * with xiaoer_session_confirm. */
typedef struct xiaoer_action {
  size_t struct_size;
  xiaoer_text action; /* "remark", "change_price", "change_postage", "change_address",
                         "change_item", "cancel", "intercept", "coupon", "refund", "return",
                         "exchange", "resend", "invoice", "callback" */
  xiaoer_text intent_id;
  int32_t requires_person; /* not 0: no program may do it alone */
  size_t argument_count;
} xiaoer_action;
typedef struct xiaoer_argument {
  xiaoer_text name;
  xiaoer_text value;  /* empty when missing, or when it was given in an earlier turn */
  xiaoer_text source; /* "message", "fact", "earlier" or "missing" */
  xiaoer_span span;   /* "message" */
} xiaoer_argument;
XIAOER_API xiaoer_status xiaoer_result_action(const xiaoer_result* result, size_t index,
                                              xiaoer_action* out);
XIAOER_API xiaoer_status xiaoer_result_argument(const xiaoer_result* result, size_t action,
                                                size_t index, xiaoer_argument* out);
/* Kind of the first objection: "doubt", "misunderstanding", "drawback", "complaint"; "" for none.
 */
XIAOER_API xiaoer_text xiaoer_result_objection(const xiaoer_result* result);
/* Where the buyer's complaint stands after this message: "open", "accepted", "judged", "handled",
 * "closed", "filed"; "" where there is none. */
XIAOER_API xiaoer_text xiaoer_result_complaint(const xiaoer_result* result);

/* What bargaining came to (docs/bargaining.md). Never holds the floor. */
typedef struct xiaoer_bargain {
  xiaoer_text move;  /* "hold", "gift", "coupon", "free_shipping", "bundle", "quantity", "concede",
                        "accept", "counter", "firm", "handoff" */
  xiaoer_text offer; /* price for one that the move offers, in yuan: "189.5"; empty: none */
  uint32_t round;    /* of bargaining; the first is 1 */
  int32_t floor_respected; /* 0 only where the offer is below product.floor_price */
  size_t why_count;
} xiaoer_bargain;
/* XIAOER_NOT_FOUND when the message does not bargain. */
XIAOER_API xiaoer_status xiaoer_result_bargain(const xiaoer_result* result, xiaoer_bargain* out);
XIAOER_API xiaoer_status xiaoer_result_bargain_why(const xiaoer_result* result, size_t reason,
                                                   xiaoer_reason* out);
/* How the chat stands after the message or event. */
typedef struct xiaoer_conversation {
  size_t struct_size;
  xiaoer_text
      silence; /* of a silent result: why, "person-in-charge", ...; docs/jsonl.md lists them */
  xiaoer_text returns_to;   /* stage that an objection or the after-sales branch broke into; "" */
  int64_t person_until;     /* seconds since the epoch; 0: unknown, or nobody is in charge */
  uint32_t turn;            /* of the buyer, from 1; 0: he has said nothing */
  uint32_t unhelpful;       /* answers in a row that did not help */
  int32_t continues;        /* not 0: the message was answered together with the one before it */
  int32_t person_in_charge; /* not 0: a person is */
  size_t order_step_count;
} xiaoer_conversation;
XIAOER_API xiaoer_status xiaoer_result_conversation(const xiaoer_result* result,
                                                    xiaoer_conversation* out);
/* Lists of texts of the conversation. */
typedef enum xiaoer_ledger {
  XIAOER_ASKED = 0,    /* asked of the buyer in texts that were sent: "order_number", ... */
  XIAOER_GIVEN = 1,    /* of these kinds: what the buyer gave */
  XIAOER_ANSWERED = 2, /* ids of intents that texts which were sent answered, at most 8 */
  XIAOER_OFFERED = 3,  /* closing techniques that were sent */
  XIAOER_LEDGER_32_BITS = 0x7fffffff
} xiaoer_ledger;
XIAOER_API size_t xiaoer_result_ledger_count(const xiaoer_result* result, xiaoer_ledger ledger);
XIAOER_API xiaoer_status xiaoer_result_ledger_entry(const xiaoer_result* result,
                                                    xiaoer_ledger ledger, size_t index,
                                                    xiaoer_text* out);
/* The states that the order reached, oldest first; `*at`: seconds since the epoch, 0 if unknown. */
XIAOER_API xiaoer_status xiaoer_result_order_step(const xiaoer_result* result, size_t index,
                                                  xiaoer_text* state, int64_t* at);

/* ---- The guard alone: may a text that a person or a language model wrote leave the shop? The same
 * rules as for the engine's own replies; docs/guard.md lists them. */
typedef struct xiaoer_guard_request {
  size_t struct_size;
  xiaoer_text text;           /* at most 16 KiB */
  const xiaoer_facts* facts;  /* NULL: none, and then no amount, time or claim is borne out */
  int64_t now;                /* seconds since the epoch; used when has_now is not 0 */
  int32_t utc_offset_minutes; /* of the shop's local time; 0: as the pack's settings say */
  int32_t has_now;            /* 0: no promotion runs, nothing is sent today */
} xiaoer_guard_request;

typedef enum xiaoer_outcome {
  XIAOER_PASS = 0,      /* the text may leave as it is */
  XIAOER_REWRITTEN = 1, /* xiaoer_verdict_text may leave, the original may not */
  XIAOER_REFUSED = 2,   /* nothing may leave by itself: a person writes another text */
  XIAOER_OUTCOME_32_BITS = 0x7fffffff
} xiaoer_outcome;

typedef enum xiaoer_level {
  XIAOER_NOTE = 0, /* does not stand in the text's way */
  XIAOER_REWRITE = 1,
  XIAOER_REFUSE = 2,
  XIAOER_LEVEL_32_BITS = 0x7fffffff
} xiaoer_level;

/* A place where the text breaks a rule. */
typedef struct xiaoer_finding {
  xiaoer_text rule;        /* "price-below-floor", "off-platform", ... */
  xiaoer_text words;       /* as written */
  xiaoer_text detail;      /* role of an amount, name of a claim, word of the pack; may be empty */
  xiaoer_text advice;      /* how to write it instead, in the pack's language; may be empty */
  xiaoer_text replacement; /* of a rewrite; empty also where the words are left out */
  xiaoer_span span;        /* bytes of the original */
  xiaoer_level level;
} xiaoer_finding;

/* A statement that the facts bear out. */
typedef struct xiaoer_ground {
  xiaoer_text role;   /* "item-price", "fee", "shipping", "free-shipping", ... */
  xiaoer_text source; /* "product.price=129", "2*product.price-promotion.reduction=238" */
  xiaoer_span span;   /* bytes of the original */
} xiaoer_ground;

XIAOER_API xiaoer_status xiaoer_verdict_new(xiaoer_verdict** out, xiaoer_error** error);
XIAOER_API void xiaoer_verdict_free(xiaoer_verdict* verdict);
/* Judges one text into `verdict`, which is emptied first. `session` may be NULL; it is read, not
 * changed: it tells which numbers the buyer named and what the client confirmed. In steady state no
 * memory is allocated. Errors: XIAOER_INVALID_ARGUMENT, XIAOER_LIMIT, XIAOER_BUSY. */
XIAOER_API xiaoer_status xiaoer_guard(const xiaoer_ruleset* ruleset, xiaoer_context* context,
                                      const xiaoer_session* session,
                                      const xiaoer_guard_request* request, xiaoer_verdict* verdict,
                                      xiaoer_error** error);
/* XIAOER_REFUSED for NULL and for a verdict that was not filled. */
XIAOER_API xiaoer_outcome xiaoer_verdict_outcome(const xiaoer_verdict* verdict);
XIAOER_API xiaoer_text xiaoer_verdict_original(const xiaoer_verdict* verdict);
/* What may leave: the original or the rewritten text; empty when it was refused. */
XIAOER_API xiaoer_text xiaoer_verdict_text(const xiaoer_verdict* verdict);
XIAOER_API size_t xiaoer_verdict_finding_count(const xiaoer_verdict* verdict);
XIAOER_API xiaoer_status xiaoer_verdict_finding(const xiaoer_verdict* verdict, size_t index,
                                                xiaoer_finding* out);
XIAOER_API size_t xiaoer_verdict_ground_count(const xiaoer_verdict* verdict);
XIAOER_API xiaoer_status xiaoer_verdict_ground(const xiaoer_verdict* verdict, size_t index,
                                               xiaoer_ground* out);
/* The whole filled verdict as JSON (docs/jsonl.md), borrowed from `verdict`. */
XIAOER_API xiaoer_status xiaoer_verdict_json(xiaoer_verdict* verdict, xiaoer_text* json,
                                             xiaoer_error** error);

#ifdef __cplusplus
}
#endif

#endif /* XIAOER_XIAOER_H_ */
