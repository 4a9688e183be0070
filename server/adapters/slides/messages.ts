import type { SlideImage } from '../../ports'

/** Asked of the thread, one thing at a time. */
export type SlideJob =
  | { kind: 'open'; bytes: Uint8Array }
  /** 1, 2, 3 … */
  | { kind: 'page'; number: number }

/** What the thread answers; `ready` once, before anything was asked. */
export type SlideSays =
  | { kind: 'ready' }
  | { kind: 'opened'; pages: number }
  | { kind: 'made'; image: SlideImage }
  /** The PDF's fault. */
  | { kind: 'refused'; code: 'slides_locked' | 'slides_unreadable'; why: string }
