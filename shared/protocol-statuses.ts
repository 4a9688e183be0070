/** Statuses of a protocol, in the order of its life. */
export const PROTOCOL_STATUSES = [
  'draft',
  'in_review',
  'approved',
  'in_force',
  'superseded',
  'withdrawn',
  'rejected',
] as const
export type ProtocolStatus = (typeof PROTOCOL_STATUSES)[number]
/** What an observer may read. */
export const PUBLISHED_STATUSES: readonly ProtocolStatus[] = ['approved', 'in_force']
