/**
 * Every expected refusal, once: its HTTP status, the WebSocket close code when a live document is
 * refused for it, and (as `errors:<code>`) its words in EN and RU in `shared/locales`.
 *
 * Close codes 44xx mirror HTTP; 1007, 1008, 1009, 1013 are RFC 6455's own.
 */
export const ERRORS = {
  bad_request: { status: 400 },
  foreign_host: { status: 400 },
  invalid_input: { status: 422 },
  unauthenticated: { status: 401, close: 4401 },
  wrong_credentials: { status: 422 },
  forbidden: { status: 403, close: 4403 },
  foreign_origin: { status: 403 },
  not_found: { status: 404, close: 4404 },
  method_not_allowed: { status: 405 },
  conflict: { status: 409 },
  patient_data: { status: 422 },
  text_moved: { status: 409 },
  // four eyes: what one wrote oneself is reviewed by somebody else
  own_review: { status: 409 },
  too_many_requests: { status: 429, close: 4429 },
  locked: { status: 409 },
  // a partnership without anybody to run it
  last_coordinator: { status: 409 },
  // workshops
  in_waiting_room: { status: 403 },
  workshop_over: { status: 409 },
  workshop_not_open: { status: 409 },
  poll_closed: { status: 409 },
  // a test, an evaluation or a promise that takes nothing any more
  answers_closed: { status: 409 },
  answered_already: { status: 409 },
  // whoever reads the results does not answer, nor does who was not there
  own_workshop: { status: 403 },
  not_attended: { status: 403 },
  test_answered: { status: 409 },
  no_certificate: { status: 404 },
  slides_locked: { status: 422 },
  slides_too_many: { status: 422 },
  slides_unreadable: { status: 422 },
  // links of letters: used, taken back, past their time
  link_over: { status: 410 },
  unsupported_media: { status: 415 },
  // files
  file_type: { status: 422 },
  file_content: { status: 422 },
  file_bomb: { status: 422 },
  file_empty: { status: 422 },
  storage_full: { status: 413 },
  malformed_upload: { status: 400 },
  upload_busy: { status: 423 },
  upload_damaged: { status: 460 },
  too_large: { status: 413 },
  // live documents
  access_ended: { status: 403, close: 4410 },
  resync_required: { status: 409, close: 4409 },
  document_cleaned: { status: 409, close: 4412 },
  document_full: { status: 413, close: 4413 },
  document_rules: { status: 422, close: 4422 },
  outdated_editor: { status: 409, close: 4426 },
  malformed_frame: { status: 400, close: 1007 },
  unsupported_frame: { status: 400, close: 1003 },
  frame_policy: { status: 403, close: 1008 },
  frame_too_large: { status: 413, close: 1009 },
  restarting: { status: 503, close: 1012 },
  document_unavailable: { status: 503, close: 1013 },
  unavailable: { status: 503 },
  // said by the browser, when no answer came at all
  unreachable: { status: 503 },
  unexpected: { status: 500 },
} as const satisfies Record<string, { status: number; close?: number }>

export type ErrorCode = keyof typeof ERRORS

/** Codes that can end a live-document socket. */
export type CloseReason = {
  [C in ErrorCode]: (typeof ERRORS)[C] extends { close: number } ? C : never
}[ErrorCode]

export function closeCodeOf(code: CloseReason): number {
  return ERRORS[code].close
}

/** The refusal behind a WebSocket close code, or undefined for an ordinary end. */
export function reasonOfClose(close: number): CloseReason | undefined {
  const found = Object.entries(ERRORS).find(([, row]) => 'close' in row && row.close === close)
  return found?.[0] as CloseReason | undefined
}

/** An expected refusal; `detail` holds values for the message and field names, never user text. */
export class AppError extends Error {
  override readonly name = 'AppError'

  constructor(
    readonly code: ErrorCode,
    readonly detail: Readonly<Record<string, string>> = {},
  ) {
    super(code)
  }

  get status(): number {
    return ERRORS[this.code].status
  }
}

/** By name, not `instanceof`: Remix and Express each load their own copy of this module. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === 'AppError' && 'code' in error
}
