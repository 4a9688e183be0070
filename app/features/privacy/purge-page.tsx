import { Form } from '@remix-run/react'
import { useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, ButtonLink } from '../../components/button'
import { FormHead, PageBody } from '../../components/page-frame'
import { RefusedNotice } from '../../components/refused-notice'
import { useFocusRefused } from '../../lib/focus-refused'
import type { Refusal } from '../../lib/refusal'
import type { OpenedPurge } from './open-purge'
import { RemovedWords } from './removed-words'

/** Null: everything there. */
type Confirm = { passages: readonly string[] | null; count: number }

type Props = {
  opened: OpenedPurge
  /** Where one came from. */
  back: string
  confirm: Confirm | null
  refusal: Refusal | null
}

/** Removing patient data for ever: what of it, then what that means, then done. */
export function PurgePage({ opened, back, confirm, refusal }: Props) {
  const { t } = useTranslation('privacy')
  return (
    <PageBody>
      <FormHead
        list={{ to: back, title: t(`purge.back.${opened.what}`) }}
        title={t('purge.title')}
        lead={t('purge.lead')}
      />
      <div className="mt-6 grid max-w-[760px] gap-5">
        {confirm ? (
          <Confirmation what={opened.what} back={back} confirm={confirm} />
        ) : (
          <Choice opened={opened} back={back} refusal={refusal} />
        )}
      </div>
    </PageBody>
  )
}

function Choice({ opened, back, refusal }: Pick<Props, 'opened' | 'back' | 'refusal'>) {
  const { t } = useTranslation('privacy')
  const { what, whole, shown, suggested } = opened
  const id = useId()
  const form = useFocusRefused(refusal)
  const code = refusal?.refused.code
  const wrong = code === 'invalid_input' ? refusal?.refused.detail : undefined
  const isAbsent = wrong?.passages === 'absent'
  const error = wrong && (isAbsent ? t('purge.absent') : t('purge.wrong'))
  // a name goes as a whole; of words most often only what gives the patient away
  const scope = refusal?.values.scope ?? (what === 'file' ? 'whole' : 'passages')
  return (
    <Form ref={form} method="post" noValidate className="grid gap-5">
      <RefusedNotice code={code && code !== 'invalid_input' ? code : null} />
      {shown.length > 0 && (
        <section aria-label={t('purge.stands')} className="grid gap-2">
          <h2 className="text-[15px] font-semibold">{t('purge.stands')}</h2>
          {shown.map(({ lang, text }) => (
            <blockquote
              key={lang + text}
              lang={lang}
              className="max-h-64 overflow-auto rounded-lg border border-line bg-surface px-3.5 py-2.5 whitespace-pre-wrap [overflow-wrap:anywhere]"
            >
              <RemovedWords text={text}>{(piece) => piece}</RemovedWords>
            </blockquote>
          ))}
        </section>
      )}
      <fieldset className="grid gap-3">
        <legend className="mb-1 font-medium">{t('purge.which')}</legend>
        {what !== 'file' && (
          <label className="flex min-h-8 items-center gap-2.5">
            <input
              type="radio"
              name="scope"
              value="passages"
              defaultChecked={scope === 'passages'}
              className="size-4 accent-accent"
            />
            {t('purge.passages')}
          </label>
        )}
        {what !== 'file' && (
          <div className="grid gap-1.5 pl-6.5">
            <label htmlFor={id} className="text-[13px] text-ink-2">
              {t('purge.passagesHint')}
            </label>
            <textarea
              id={id}
              name="passages"
              rows={4}
              defaultValue={refusal?.values.passages ?? suggested}
              aria-invalid={wrong ? true : undefined}
              aria-describedby={wrong ? `${id}-error` : undefined}
              className="w-full rounded-lg border border-line-control bg-surface px-3 py-2 text-base aria-[invalid=true]:border-2 aria-[invalid=true]:border-danger"
            />
            {error && (
              <p id={`${id}-error`} className="text-[13px] font-medium text-danger">
                {error}
              </p>
            )}
          </div>
        )}
        {whole && (
          <label className="flex min-h-8 items-center gap-2.5">
            <input
              type="radio"
              name="scope"
              value="whole"
              defaultChecked={scope === 'whole'}
              className="size-4 accent-accent"
            />
            {t(`purge.whole.${what}`)}
          </label>
        )}
      </fieldset>
      <p className="flex flex-wrap gap-3">
        <Button name="step" value="look">
          {t('purge.look')}
        </Button>
        <ButtonLink to={back} look="quiet">
          {t('purge.cancel')}
        </ButtonLink>
      </p>
    </Form>
  )
}

function Confirmation({
  what,
  back,
  confirm,
}: {
  what: OpenedPurge['what']
  back: string
  confirm: Confirm
}) {
  const { t } = useTranslation('privacy')
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => head.current?.focus(), [])
  const { passages, count } = confirm
  return (
    <Form method="post" className="grid gap-4">
      <h2 ref={head} tabIndex={-1} className="text-[17px] font-semibold">
        {passages ? t('purge.sure', { count }) : t(`purge.sureWhole.${what}`)}
      </h2>
      {passages && (
        <ul className="grid list-none gap-1.5">
          {passages.map((each) => (
            <li
              key={each}
              className="rounded-lg bg-drift-wash px-3 py-1.5 text-drift [overflow-wrap:anywhere]"
            >
              {each}
            </li>
          ))}
        </ul>
      )}
      <ul className="grid max-w-[68ch] list-disc gap-1.5 pl-5">
        <li>{t(`purge.means.${what === 'text' ? 'text' : 'words'}`)}</li>
        <li>{t('purge.means.never')}</li>
        <li>{t('purge.means.backups')}</li>
        <li>{t('purge.means.devices')}</li>
        {what === 'file' && <li>{t('purge.means.file')}</li>}
        <li>{t('purge.means.record')}</li>
      </ul>
      <input type="hidden" name="scope" value={passages ? 'passages' : 'whole'} />
      {passages && <input type="hidden" name="passages" value={passages.join('\n')} />}
      <p className="flex flex-wrap gap-3">
        <Button look="danger" name="step" value="purge">
          {t('purge.now')}
        </Button>
        <ButtonLink to={back} look="quiet">
          {t('purge.cancel')}
        </ButtonLink>
      </p>
    </Form>
  )
}
