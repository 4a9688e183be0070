import type { Operation } from './policy'

/**
 * What a personal token may be made for, in the words of `own-data:tokens.scope`, and which operations
 * each of them holds. A token never allows more than its owner may: the policy asks both. There is a
 * scope only for what the programming interface has a door for.
 */
export const TOKEN_SCOPES = {
  partnerships: ['partnership:see', 'member:list'],
  protocols: ['protocol:list', 'protocol:open'],
  discussions: ['thread:read'],
  // whoever posts is let to the thread as a live page is; no live door takes a token
  replies: ['thread:read', 'thread:reply', 'live:thread'],
  library: ['file:download'],
} as const satisfies Record<string, readonly Operation[]>

export type TokenScope = keyof typeof TOKEN_SCOPES
export const TOKEN_SCOPE_NAMES = Object.keys(TOKEN_SCOPES) as readonly TokenScope[]

/** The operations that scopes hold together. */
export function operationsOf(scopes: readonly TokenScope[]): readonly Operation[] {
  return [...new Set<Operation>(scopes.flatMap((scope) => TOKEN_SCOPES[scope]))]
}

/** Days that a token holds, at its owner's choice. */
export const TOKEN_DAYS = ['30', '90', '365'] as const
/** Tokens that one person has at a time. */
export const TOKENS_MAX = 20
/** What a token begins with, so that one that has leaked is found and known for what it is. */
export const TOKEN_PREFIX = 'twp_'

/** A token as its owner sees it: never itself. */
export type TokenView = {
  id: string
  name: string
  scopes: readonly TokenScope[]
  createdAt: string
  expiresAt: string
  isOver: boolean
  /** To the hour. */
  usedAt: string | null
}

/** The field of a scope in the form: a box for each. */
export function scopeField(scope: TokenScope): string {
  return `scope-${scope}`
}
