import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CHANNEL_KINDS, type ChannelKind, SPOKEN, WORKSHOP_LIMITS } from '../../../shared/workshops'
import { Button } from '../../components/button'
import { Field } from '../../components/field'
import { TheirWords } from '../../components/their-words'
import { useHydrated } from '../../lib/hydrated'
import { Choice } from '../library/fields'
import { fieldId } from './fault-list'

/** Rows that a page without scripts has to spare: one for each language. */
const SPARE = 2

type Channel = Readonly<Record<string, string>>

/** The links for sound and picture: one at first, more by a button. */
export function ChannelFields({
  rows,
  kinds,
  wrong,
}: {
  rows: readonly Channel[]
  /** What this installation has. */
  kinds: readonly ChannelKind[]
  wrong: (field: string) => string | undefined
}) {
  const { t } = useTranslation('workshops')
  const isScripted = useHydrated()
  const [count, setCount] = useState(Math.max(1, rows.length))
  const [isAdded, setIsAdded] = useState(false)
  const most = WORKSHOP_LIMITS.channels
  const shown = isScripted ? count : Math.min(most, rows.length + SPARE)
  const missing = CHANNEL_KINDS.filter((kind) => !kinds.includes(kind))
  return (
    <div className="grid gap-4">
      <div>
        <h3 className="font-medium">{t('form.channels')}</h3>
        <p className="max-w-[64ch] text-[13px] text-ink-2">{t('form.channelsHint')}</p>
        {missing.length > 0 && (
          <p className="max-w-[64ch] text-[13px] text-ink-2">
            {t('form.kindsMissing', {
              kinds: missing.map((kind) => t(`form.kind.${kind}`)).join(', '),
            })}
          </p>
        )}
      </div>
      <TheirWords of="channels" />
      {Array.from({ length: shown }, (_, at) => (
        <ChannelRow
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are added at the end alone
          key={at}
          at={at}
          row={rows[at] ?? {}}
          kinds={kinds}
          isScripted={isScripted}
          hasFocus={isAdded && at === count - 1}
          error={wrong(`channels.${at}.url`)}
        />
      ))}
      {isScripted && count < most && (
        <p>
          <Button
            type="button"
            look="quiet"
            onClick={() => {
              setCount(count + 1)
              setIsAdded(true)
            }}
          >
            {t('form.addChannel')}
          </Button>
        </p>
      )}
    </div>
  )
}

function ChannelRow({
  at,
  row,
  kinds,
  isScripted,
  hasFocus,
  error,
}: {
  at: number
  row: Channel
  kinds: readonly ChannelKind[]
  isScripted: boolean
  hasFocus: boolean
  error: string | undefined
}) {
  const { t } = useTranslation('workshops')
  const [kind, setKind] = useState(row.kind ?? '')
  const [url, setUrl] = useState(row.url ?? '')
  const name = (field: string) => `channels.${at}.${field}`
  // what was chosen once stays to be seen, even if its server is gone
  const offered = CHANNEL_KINDS.filter((each) => kinds.includes(each) || each === row.kind)
  const hasAddress = !isScripted || kind === '' || kind === 'link' || error !== undefined
  return (
    <fieldset className="grid items-start gap-3 sheet:grid-cols-[10rem_10rem_1fr]">
      <legend className="mb-1 text-[13px] text-ink-2">
        {t('form.channel', { number: at + 1 })}
      </legend>
      <input type="hidden" name={name('id')} value={row.id ?? ''} />
      <Choice
        label={t('form.channelKind')}
        name={name('kind')}
        value={kind}
        autoFocus={hasFocus}
        onChange={(event) => setKind(event.currentTarget.value)}
      >
        <option value="">{t('form.channelNone')}</option>
        {offered.map((each) => (
          <option key={each} value={each}>
            {t(`form.kind.${each}`)}
          </option>
        ))}
      </Choice>
      <Choice label={t('form.spoken')} name={name('spoken')} defaultValue={row.spoken ?? 'both'}>
        {SPOKEN.map((spoken) => (
          <option key={spoken} value={spoken}>
            {t(`spoken.${spoken}`)}
          </option>
        ))}
      </Choice>
      {hasAddress ? (
        <Field
          label={t('form.channelUrl')}
          after={<p className="text-[13px] text-ink-2">{t('form.channelUrlHint')}</p>}
          error={error}
          id={fieldId(name('url'))}
          name={name('url')}
          inputMode="url"
          maxLength={500}
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
      ) : (
        <p className="text-[13px] text-ink-2 sheet:mt-8">{t('form.channelMade')}</p>
      )}
      <div className="empty:hidden sheet:col-span-3">
        <TheirWords of={`channels.${at}`} isRow />
      </div>
    </fieldset>
  )
}
