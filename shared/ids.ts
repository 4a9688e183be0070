import { z } from 'zod'

/** A MongoDB ObjectId in hex: 24 lower-case digits. */
export const Id = z.string().regex(/^[0-9a-f]{24}$/)

/** A partnership's address: ASCII, as in `/partnerships/saratov-bemidji`. */
export const Slug = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?$/)

/** A unit's alignment key within a protocol. */
export const UnitKey = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/)

/** Chosen by the browser for each intent; makes retries of a write safe. */
export const ClientKey = z.uuid()
