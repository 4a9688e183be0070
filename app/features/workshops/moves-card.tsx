import { Form, useNavigation } from '@remix-run/react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { WorkshopView } from '../../../shared/workshop-views'
import { Button, ButtonLink } from '../../components/button'
import { Card } from '../../components/card'
import { Field } from '../../components/field'
import type { Refusal } from '../../lib/refusal'
import { AskedForm } from '../privacy/asked-form'

type Props = { workshop: WorkshopView; slug: string; refusal: Refusal | null }

/** What its facilitators can do with the workshop as a whole. */
export function MovesCard({ workshop, slug, refusal }: Props) {
  const { t } = useTranslation('workshops')
  const isSending = useNavigation().state !== 'idle'
  const { status, may } = workshop
  const next = may.moves.find((verb) => verb !== 'cancel')
  const form = useRef<HTMLFormElement>(null)
  const isCancelling = refusal?.values.verb === 'cancel'
  const isOver = status === 'closed' || status === 'cancelled'
  if (status === 'cancelled') return null
  return (
    <Card title={t('move.title')} id="moves">
      <div className="grid gap-3">
        <p className="text-[13px] text-ink-2">{t(`move.hint.${status}`)}</p>
        <div className="flex flex-wrap gap-3">
          {next && (
            <Form method="post">
              <input type="hidden" name="verb" value={next} />
              <Button
                look={next === 'reopen' || next === 'close' ? 'quiet' : 'primary'}
                aria-disabled={isSending || undefined}
              >
                {t(`move.${next}`)}
              </Button>
            </Form>
          )}
          {!isOver && (
            <ButtonLink
              to={`/partnerships/${slug}/workshops/${workshop.id}/edit`}
              look="quiet"
              prefetch="intent"
            >
              {t('move.edit')}
            </ButtonLink>
          )}
        </div>
        {may.moves.includes('cancel') && (
          <details open={isCancelling}>
            <summary className="cursor-pointer rounded-sm py-1 text-[13px] text-ink-2">
              {t('move.cancelFold')}
            </summary>
            <Form ref={form} method="post" className="mt-3 grid justify-items-start gap-3">
              <input type="hidden" name="verb" value="cancel" />
              {status !== 'draft' && (
                <Field
                  label={t('move.reason')}
                  hint={t('move.reasonHint')}
                  name="reason"
                  maxLength={300}
                  defaultValue={isCancelling ? (refusal?.values.reason ?? '') : ''}
                />
              )}
              {isCancelling && <AskedForm refusal={refusal} form={form} />}
              <p className="text-[13px]">{t('move.sure')}</p>
              <Button look="danger" aria-disabled={isSending || undefined}>
                {t('move.cancel')}
              </Button>
            </Form>
          </details>
        )}
      </div>
    </Card>
  )
}
