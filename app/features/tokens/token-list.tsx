import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { TokenView } from '../../../shared/token-scopes'
import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { useFormat } from '../../lib/format'

/** The tokens there are, each with what it may do and a way to end it. */
export function TokenList({ tokens }: { tokens: readonly TokenView[] }) {
  const { t } = useTranslation('own-data')
  if (tokens.length === 0) return <EmptyState sentence={t('tokens.none')} />
  return (
    <ul className="divide-y divide-line rounded-card border border-line bg-surface">
      {tokens.map((token) => (
        <Token key={token.id} token={token} />
      ))}
    </ul>
  )
}

function Token({ token }: { token: TokenView }) {
  const { t } = useTranslation('own-data')
  const format = useFormat()
  const { id, name, scopes, createdAt, expiresAt, isOver, usedAt } = token
  const facts = [
    t('tokens.madeAt', { date: format.date(createdAt) }),
    t(isOver ? 'tokens.over' : 'tokens.until', { date: format.date(expiresAt) }),
    usedAt ? t('tokens.used', { date: format.date(usedAt) }) : t('tokens.unused'),
  ]
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3">
      <div className="min-w-0">
        <p className="font-medium">
          <bdi>{name}</bdi>
        </p>
        <p className="text-[13px] text-ink-2">
          {scopes.map((scope) => t(`tokens.scope.${scope}`)).join(' · ')}
        </p>
        <p className="text-[13px] text-ink-2">{facts.join(', ')}</p>
      </div>
      <Form method="post" reloadDocument>
        <input type="hidden" name="intent" value="end" />
        <input type="hidden" name="id" value={id} />
        <Button look="danger" aria-label={t('tokens.endOf', { name })}>
          {t('tokens.end')}
        </Button>
      </Form>
    </li>
  )
}
