import type { Language, LocalizedText } from './languages'
import type { RenditionStatus, ResourceKind } from './resource-kinds'
import type { PersonView, TranslationRequestView } from './thread-views'

export type RenditionView = {
  id: string
  lang: Language
  status: RenditionStatus
  source:
    | { kind: 'file'; name: string; mediaType: string; bytes: number; path: string }
    | { kind: 'link'; url: string }
  addedBy: PersonView | null
  addedAt: string
}

/** A library item with its language versions, the reader's own language not singled out. */
export type ResourceView = {
  id: string
  title: LocalizedText
  about: LocalizedText
  kind: ResourceKind
  renditions: readonly RenditionView[]
  /** Open ones. */
  requests: readonly TranslationRequestView[]
  createdBy: PersonView | null
  createdAt: string
  changedAt: string
  /** Count of the item's changes, requests among them: the larger one is the newer. */
  rev: number
}

/** A file of one's own that has not arrived completely. */
export type UploadView = {
  id: string
  resourceId: string
  name: string
  bytes: number
  received: number
  lang: Language
  startedAt: string
}

export type TermView = {
  id: string
  en: string
  ru: string
  /** Part of speech, as glossaries abbreviate it. */
  pos: string
  domain: string
  note: string
}
