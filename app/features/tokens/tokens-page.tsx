import { useTranslation } from 'react-i18next'
import type { TokenView } from '../../../shared/token-scopes'
import { TOKENS_MAX } from '../../../shared/token-scopes'
import type { Refusal } from '../../lib/refusal'
import { TokenForm } from './token-form'
import { TokenList } from './token-list'

type Props = {
  tokens: readonly TokenView[]
  isFresh: boolean
  isFull: boolean
  clientKey: string
  /** One that has just been made, shown this once. */
  made: string | null
  refusal: Refusal | null
}

/** One's own tokens: the new one if there is one, the form for another, and those there are. */
export function TokensPage({ tokens, isFresh, isFull, clientKey, made, refusal }: Props) {
  const { t } = useTranslation('own-data')
  return (
    <div className="max-w-[64ch]">
      <h1 tabIndex={-1}>{t('tokens.title')}</h1>
      <p className="mt-1 text-ink-2">{t('tokens.lead')}</p>
      <p className="mt-1">
        <a href="/api/v1/openapi.json" className="text-accent underline-offset-4 hover:underline">
          {t('tokens.docs')}
        </a>
      </p>
      {made && <Made token={made} />}
      <section aria-labelledby="new-token" className="mt-8">
        <h2 id="new-token" className="mb-3 text-lg">
          {t('tokens.new')}
        </h2>
        {isFull ? (
          <p className="text-ink-2">{t('tokens.full', { count: TOKENS_MAX })}</p>
        ) : (
          <TokenForm key={clientKey} clientKey={clientKey} isFresh={isFresh} refusal={refusal} />
        )}
      </section>
      <section aria-labelledby="my-tokens" className="mt-10">
        <h2 id="my-tokens" className="mb-3 text-lg">
          {t('tokens.mine')}
        </h2>
        <TokenList tokens={tokens} />
        <p className="mt-3 text-[13px] text-ink-2">{t('tokens.stays')}</p>
      </section>
    </div>
  )
}

function Made({ token }: { token: string }) {
  const { t } = useTranslation('own-data')
  return (
    <div
      role="status"
      className="mt-6 grid gap-2 rounded-lg border-l-[3px] border-accent bg-accent-wash px-3.5 py-3"
    >
      <label htmlFor="made-token" className="font-semibold">
        {t('tokens.once')}
      </label>
      <input
        id="made-token"
        readOnly
        value={token}
        onFocus={(event) => event.currentTarget.select()}
        className="w-full rounded-lg border border-line-control bg-surface px-3 py-2 font-mono text-base"
      />
      <p className="text-[13px]">{t('tokens.copyHint')}</p>
    </div>
  )
}
