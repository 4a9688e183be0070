/** What was measured of a line. */
export type LineMeasured = {
  /** There and back, milliseconds. */
  latencyMs: number
  /** Kilobits per second, towards the browser and from it. */
  downKbps: number
  upKbps: number
  /** Does a WebSocket open? Without one everything comes by asking again and again. */
  socket: boolean
}

export type Answer = 'yes' | 'perhaps' | 'no'
export type LineVerdict = {
  /** Text, polls and questions: any line that answers carries them. */
  text: 'yes' | 'late'
  /** How long one slide takes, whole seconds, at least 1. */
  slideSeconds: number
  sound: Answer
  video: Answer
}

/** A page image is made no larger; kilobits. */
const SLIDE_KBIT = 480
/** Longer than that, and an answer feels late, milliseconds. */
const LATE_MS = 2_000

/** What a call needs: Opus with the heads of its packets for sound, one small picture for video. */
const NEEDS = {
  sound: { yes: { down: 160, up: 96, ms: 400 }, perhaps: { down: 80, up: 64, ms: 900 } },
  video: { yes: { down: 1_500, up: 700, ms: 300 }, perhaps: { down: 700, up: 350, ms: 500 } },
} as const

/** What a line will carry, from what was measured of it. */
export function verdictOf(line: LineMeasured): LineVerdict {
  const seconds = SLIDE_KBIT / Math.max(1, line.downKbps) + line.latencyMs / 1_000
  return {
    text: line.latencyMs > LATE_MS || !line.socket ? 'late' : 'yes',
    slideSeconds: Math.max(1, Math.ceil(seconds)),
    sound: answerFor(line, NEEDS.sound),
    video: answerFor(line, NEEDS.video),
  }
}

type Need = { down: number; up: number; ms: number }

function answerFor(line: LineMeasured, { yes, perhaps }: { yes: Need; perhaps: Need }): Answer {
  if (carries(line, yes)) return 'yes'
  return carries(line, perhaps) ? 'perhaps' : 'no'
}

function carries({ downKbps, upKbps, latencyMs }: LineMeasured, need: Need): boolean {
  return downKbps >= need.down && upKbps >= need.up && latencyMs <= need.ms
}

/**
 * Kilobits per second of a transfer, without the wait for its first byte.
 *
 * @param ms of the whole transfer @param latencyMs of a transfer of nothing
 */
export function kbpsOf(bytes: number, ms: number, latencyMs: number): number {
  // the rest is never taken for nothing: browsers' clocks are coarse
  const busy = Math.max(ms - latencyMs, ms / 10, 1)
  return Math.round((bytes * 8) / busy)
}
