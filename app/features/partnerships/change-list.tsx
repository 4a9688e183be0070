import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChangeItem } from '../../../shared/views'
import { Chip } from '../../components/chip'
import { InLanguage } from '../../components/localized-title'
import { Sentence } from '../../components/sentence'
import { useWhen } from '../../lib/when'
import { LineList } from './line-list'
import { Byline } from './waiting-list'

/** What has happened, newest first as the server has it; every line leads to its place. */
export function ChangeList({
  changes,
  base,
  now,
}: {
  changes: readonly ChangeItem[]
  base: string
  now: number
}) {
  const when = useWhen()
  return (
    <LineList>
      {changes.map((change) => (
        <li key={pathOf(change, base)} className="grid gap-1 border-t border-line py-3">
          <p className="leading-snug">
            <Link
              to={pathOf(change, base)}
              prefetch="intent"
              className="rounded-sm underline-offset-4 hover:underline"
            >
              <What change={change} />
            </Link>
            {change.kind === 'resource' && change.languages.length > 0 && (
              <>
                {' '}
                <Languages of={change.languages} />
              </>
            )}
          </p>
          <p className="text-xs text-ink-3">
            <Byline by={change.by} />
            <time dateTime={change.at}>{when.moment(change.at, now)}</time>
            <Marked change={change} />
          </p>
        </li>
      ))}
    </LineList>
  )
}

function What({ change }: { change: ChangeItem }) {
  const { t } = useTranslation('partnerships')
  const title = <InLanguage text={change.title} className="font-semibold" />
  const say = (words: (title: string) => string): ReactNode => (
    <Sentence say={(part) => words(part('title'))} parts={{ title }} />
  )
  switch (change.kind) {
    case 'protocol':
      return say((title) => t('changes.protocol', { title }))
    case 'thread':
      return change.isNew
        ? say((title) => t('changes.threadNew', { title }))
        : say((title) => t('changes.thread', { title, count: change.posts }))
    case 'resource':
      return change.isNew
        ? say((title) => t('changes.resourceNew', { title }))
        : say((title) => t('changes.resource', { title }))
  }
}

function Marked({ change }: { change: ChangeItem }) {
  const { t } = useTranslation('partnerships')
  if (change.kind !== 'protocol' || change.marked === 0) return null
  return (
    <>
      {` · ${t('changes.marked', { count: change.marked })}`}
      {change.reviewed > 0 && `, ${t('changes.reviewed', { count: change.reviewed })}`}
    </>
  )
}

function Languages({ of: languages }: { of: readonly string[] }) {
  return <Chip>{languages.map((lang) => lang.toUpperCase()).join(' · ')}</Chip>
}

/** The address of what has changed. */
function pathOf(change: ChangeItem, base: string): string {
  switch (change.kind) {
    case 'protocol':
      return `${base}/protocols/${change.protocolId}`
    case 'thread':
      return `${base}/discussions/${change.threadId}`
    case 'resource':
      return `${base}/resources/${change.resourceId}`
  }
}
