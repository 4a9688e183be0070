/** A document may grow to this, encoded bytes and structs: the server refuses growth beyond it. */
export const MAX_DOCUMENT_BYTES = 10_485_760
export const MAX_DOCUMENT_STRUCTS = 200_000
/** From this share of either on, the page says so. */
export const NEARLY_FULL = 0.7
