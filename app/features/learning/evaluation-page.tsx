import { Form } from '@remix-run/react'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { LocalizedText } from '../../../shared/languages'
import type { LearningState } from '../../../shared/learning-views'
import {
  EVALUATION_SCALES,
  EVALUATION_TEXTS,
  type EvaluationScale,
  LEARNING_LENGTH,
  NOT_APPLICABLE,
  SCALE,
} from '../../../shared/workshops'
import { Button, ButtonLink } from '../../components/button'
import { RefusedNotice } from '../../components/refused-notice'
import { useFocusRefused } from '../../lib/focus-refused'
import { useReader } from '../../lib/format'
import { useOnce } from '../../lib/once'
import { noticeOf, type Refusal } from '../../lib/refusal'
import { Choice, LanguageChoice, TextBox } from '../library/fields'
import { CadreOptions } from '../people/cadre-name'
import { AskedForm } from '../privacy/asked-form'
import { BarredNote } from './barred-note'
import { SheetFrame } from './sheet-frame'
import { useDeviceCode } from './use-device-code'

type Props = {
  workshop: LocalizedText
  state: LearningState
  workshopId: string
  drawn: string
  /** Whose page it is: colleagues share devices, each with a code of their own. */
  owner: string
  /** `now`, or `again` where this device had handed one in. */
  done: string | null
  refusal: Refusal | null
}

/** The evaluation of a workshop (T10): six scales, three sentences, no name. */
export function EvaluationPage(props: Props) {
  const { workshop, state, workshopId, done, refusal } = props
  const { t } = useTranslation('learning')
  return (
    <SheetFrame workshop={workshop} workshopId={workshopId} title={t('evaluation.title')}>
      {done && !refusal ? (
        <Thanks isAgain={done === 'again'} state={state} workshopId={workshopId} />
      ) : state.evaluationOpen || refusal ? (
        <Sheet {...props} />
      ) : state.barred ? (
        <BarredNote barred={state.barred} />
      ) : (
        <p className="mt-4 max-w-[60ch]">{t('evaluation.closed')}</p>
      )}
    </SheetFrame>
  )
}

function Thanks({
  isAgain,
  state,
  workshopId,
}: Pick<Props, 'state' | 'workshopId'> & { isAgain: boolean }) {
  const { t } = useTranslation('learning')
  return (
    <div className="mt-4 grid justify-items-start gap-4">
      <p role="status" className="rounded-lg bg-accent-wash px-3.5 py-2.5">
        {t(isAgain ? 'evaluation.again' : 'evaluation.thanks')}
      </p>
      {state.promiseOpen && (
        <>
          <p className="max-w-[60ch] text-ink-2">{t('evaluation.toPromise')}</p>
          <ButtonLink to={`/workshops/${workshopId}/promise`}>{t('promise.title')}</ButtonLink>
        </>
      )}
    </div>
  )
}

function Sheet({ workshopId, drawn, owner, refusal }: Props) {
  const { t } = useTranslation('learning')
  const { lang } = useReader()
  const form = useFocusRefused(refusal)
  // of its own: nothing joins it to the tests
  const keepCode = useDeviceCode(form, { place: `evaluation ${workshopId} ${owner}`, drawn })
  const once = useOnce()
  const send = (event: FormEvent) => {
    once.guard(event)
    keepCode()
  }
  const values: Readonly<Record<string, string>> = refusal?.values ?? {}
  const refused = refusal?.refused
  const wrong = refused?.code === 'invalid_input'
  return (
    <Form ref={form} method="post" className="mt-4 grid gap-6" onSubmit={send}>
      <p className="max-w-[64ch] text-ink-2">{t('evaluation.lead')}</p>
      <RefusedNotice code={noticeOf(refusal)} />
      {wrong && (
        <p role="alert" tabIndex={-1} className="font-medium text-danger">
          {t('scales' in refused.detail ? 'evaluation.nothing' : 'evaluation.wrong')}
        </p>
      )}
      <input type="hidden" name="sign" defaultValue={values.sign ?? drawn} />
      {EVALUATION_SCALES.map((scale) => (
        <Scale key={scale} scale={scale} chosen={values[`scale.${scale}`]} />
      ))}
      {EVALUATION_TEXTS.map((name) => (
        <TextBox
          key={name}
          label={t(`evaluation.text.${name}`)}
          name={name}
          rows={3}
          maxLength={LEARNING_LENGTH.text}
          defaultValue={values[name] ?? ''}
        />
      ))}
      <div className="grid gap-4 sheet:grid-cols-2">
        <LanguageChoice label={t('evaluation.lang')} chosen={values.lang ?? lang} />
        <Choice label={t('evaluation.cadre')} name="cadre" defaultValue={values.cadre ?? ''}>
          <option value="">{t('evaluation.cadreUnsaid')}</option>
          <CadreOptions />
        </Choice>
      </div>
      <AskedForm refusal={refusal} form={form} />
      <p>
        <Button aria-disabled={once.busy}>{t('evaluation.handIn')}</Button>
      </p>
    </Form>
  )
}

function Scale({ scale, chosen }: { scale: EvaluationScale; chosen: string | undefined }) {
  const { t } = useTranslation('learning')
  const name = `scale.${scale}`
  return (
    <fieldset>
      <legend className="font-semibold">{t(`evaluation.scale.${scale}`)}</legend>
      <div className="mt-2 flex max-w-[26rem] justify-between">
        {SCALE.map((mark) => (
          <label key={mark} className="grid min-h-11 min-w-11 justify-items-center gap-1 py-1">
            <input
              type="radio"
              name={name}
              value={mark}
              defaultChecked={chosen === mark}
              className="size-5 accent-accent"
            />
            <span className="tabular-nums">{mark}</span>
            {(mark === '1' || mark === '5') && (
              <span className="sr-only">{t(`evaluation.end.${mark}.${scale}`)}</span>
            )}
          </label>
        ))}
      </div>
      <p
        aria-hidden="true"
        className="flex max-w-[26rem] justify-between gap-4 text-[13px] text-ink-2"
      >
        <span>{t(`evaluation.end.1.${scale}`)}</span>
        <span className="text-right">{t(`evaluation.end.5.${scale}`)}</span>
      </p>
      {scale === 'interpretation' && (
        <label className="mt-1 flex min-h-9 items-center gap-3">
          <input
            type="radio"
            name={name}
            value={NOT_APPLICABLE}
            defaultChecked={chosen === NOT_APPLICABLE}
            className="size-5 accent-accent"
          />
          {t('evaluation.none')}
        </label>
      )}
    </fieldset>
  )
}
