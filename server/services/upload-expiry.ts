const HOUR_MS = 3_600_000

/**
 * When an upload is given up: within an hour where nothing has come, since room is set aside for it;
 * within a day otherwise, for lines that are away for long.
 *
 * @param received bytes
 */
export function expiryOf(createdAt: Date, received: number): Date {
  return new Date(createdAt.getTime() + (received > 0 ? 24 : 1) * HOUR_MS)
}
