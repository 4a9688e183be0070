import { ERRORS, type ErrorCode } from '../../../shared/errors'

/** A refusal's code out of something that came from outside; undefined for anything else. */
export function errorCodeOf(value: unknown): ErrorCode | undefined {
  return isErrorCode(value) ? value : undefined
}

function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERRORS, value)
}
