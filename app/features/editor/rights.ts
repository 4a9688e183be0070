/** What the reader may do with this protocol. */
export type ProtocolRights = {
  /** Read it live; observers read what was committed. */
  join: boolean
  write: boolean
  cursor: boolean
  rename: boolean
  markInSync: boolean
  review: boolean
  readThreads: boolean
  startThread: boolean
  /** Copies that were kept before most of the text was removed. */
  readCopies: boolean
  putBack: boolean
  /** Remove patient data for ever. */
  purge: boolean
}

/** Is there anything for the reader to do here, so that tools belong above the text? */
export function worksOn({ write, markInSync, review }: ProtocolRights): boolean {
  return write || markInSync || review
}
