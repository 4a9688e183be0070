import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { ErrorCode } from '../../../shared/errors'
import { pickText } from '../../../shared/languages'
import type { KeptCopyView } from '../../../shared/views'
import { Button, ButtonLink } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { FormHead, PageBody } from '../../components/page-frame'
import { RefusedNotice } from '../../components/refused-notice'
import { useFormat, useReader } from '../../lib/format'
import { usePartnership } from '../../lib/partnership'
import type { CopiesData } from '../../routes/partnerships.$slug.protocols.$protocolId_.copies'

/** What was kept of a protocol before most of it was removed, and the way to have it back. */
export function CopiesPage({
  protocol,
  copies,
  mayPutBack,
  asked,
  refused,
}: CopiesData & { refused: ErrorCode | null }) {
  const { t } = useTranslation('protocols')
  const { lang } = useReader()
  return (
    <PageBody>
      <FormHead
        list={{ to: protocol.address, title: pickText(protocol.title, lang).text }}
        title={t('copies.title')}
        lead={t('copies.lead')}
      />
      <div className="mt-6 grid max-w-[760px] gap-4">
        <RefusedNotice code={refused} />
        {copies.length === 0 ? (
          <EmptyState sentence={t('copies.none')} />
        ) : (
          <ul className="grid gap-3">
            {copies.map((copy) => (
              <li
                key={copy.id}
                className="grid gap-3 rounded-card border border-line bg-surface px-5 py-4"
              >
                <CopyLine copy={copy} />
                {mayPutBack &&
                  (asked === copy.id ? (
                    <Confirmation copy={copy} address={protocol.address} />
                  ) : (
                    <p>
                      <ButtonLink to={`?put=${copy.id}`} look="quiet" preventScrollReset replace>
                        {t('copies.putBack')}
                      </ButtonLink>
                    </p>
                  ))}
              </li>
            ))}
          </ul>
        )}
      </div>
    </PageBody>
  )
}

/** When it was, by the reader's clock and by those of both sides, and how much it holds. */
function CopyLine({ copy: { at, bytes } }: { copy: KeptCopyView }) {
  const format = useFormat()
  const { lang } = useReader()
  const sides = usePartnership()?.partnership.sides ?? []
  const there = sides.map(({ place, timeZone }) => {
    return `${pickText(place, lang).text} ${format.timeIn(at, timeZone)}`
  })
  const size = new Intl.NumberFormat(lang, {
    style: 'unit',
    unit: 'kilobyte',
    maximumFractionDigits: bytes < 10_000 ? 1 : 0,
  })
  return (
    <div>
      <p className="font-semibold">
        <time dateTime={at}>{format.dateTime(at)}</time>
      </p>
      <p className="text-[13px] text-ink-2">
        {there.join(' · ')}
        {there.length > 0 && ' · '}
        {size.format(bytes / 1_000)}
      </p>
    </div>
  )
}

function Confirmation({ copy, address }: { copy: KeptCopyView; address: string }) {
  const { t } = useTranslation('protocols')
  const format = useFormat()
  return (
    <Form method="post" className="grid gap-3">
      <input type="hidden" name="copy" value={copy.id} />
      <p>{t('copies.confirm', { at: format.dateTime(copy.at) })}</p>
      <p className="flex flex-wrap gap-3">
        <Button>{t('copies.putBack')}</Button>
        <ButtonLink to={address} look="quiet">
          {t('copies.cancel')}
        </ButtonLink>
      </p>
    </Form>
  )
}
