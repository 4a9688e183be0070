import { Form } from '@remix-run/react'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { otherLanguage } from '../../../shared/languages'
import type { AskedItemView, HandedInView, OwnTestView } from '../../../shared/learning-views'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { Field } from '../../components/field'
import { InLanguage } from '../../components/localized-title'
import { RefusedNotice } from '../../components/refused-notice'
import { useFocusRefused } from '../../lib/focus-refused'
import { useReader } from '../../lib/format'
import { useOnce } from '../../lib/once'
import { noticeOf, type Refusal, wrongIn } from '../../lib/refusal'
import { BarredNote } from './barred-note'
import { HandedIn } from './handed-in'
import { SheetFrame } from './sheet-frame'
import { useDeviceCode } from './use-device-code'

type Props = {
  test: OwnTestView
  workshopId: string
  /** A new code, for whoever has none. */
  drawn: string
  /** Whose page it is: colleagues share devices, each with a code of their own. */
  owner: string
  refusal: Refusal | null
  handedIn: HandedInView | null
}

/** The test before or after a workshop: a code, the questions, and after it the own score. */
export function TestPage(props: Props) {
  const { test, workshopId, handedIn, refusal } = props
  const { t } = useTranslation('learning')
  return (
    <SheetFrame
      workshop={test.workshop}
      workshopId={workshopId}
      title={t(`test.title_${test.phase}`)}
    >
      {handedIn ? (
        <HandedIn handedIn={handedIn} phase={test.phase} />
      ) : !test.open && !refusal ? (
        <p className="mt-4 max-w-[60ch]">{t('test.closed')}</p>
      ) : test.barred === 'not_attended' && !refusal ? (
        <BarredNote barred={test.barred} />
      ) : (
        <Sheet key={test.phase} {...props} />
      )}
    </SheetFrame>
  )
}

function Sheet({ test, workshopId, drawn, owner, refusal }: Props) {
  const { t } = useTranslation('learning')
  const form = useFocusRefused(refusal)
  const { phase, items, rev } = test
  const first = phase === 'pre' ? drawn : null
  const keepCode = useDeviceCode(form, { place: `sheet ${workshopId} ${owner}`, drawn: first })
  const once = useOnce()
  const send = (event: FormEvent) => {
    once.guard(event)
    keepCode()
  }
  const values: Readonly<Record<string, string>> = refusal?.values ?? {}
  const wrong = wrongIn(refusal)
  return (
    <Form ref={form} method="post" className="mt-4 grid gap-5" onSubmit={send}>
      <p className="max-w-[64ch] text-ink-2">{t(`test.lead_${phase}`)}</p>
      <RefusedNotice code={noticeOf(refusal)} />
      {!test.open && <p className="max-w-[60ch] font-medium">{t('test.closed')}</p>}
      <input type="hidden" name="phase" value={phase} />
      <input type="hidden" name="base" value={rev} />
      <input type="hidden" name="spare" value={values.spare ?? drawn} />
      <Card id="code" title={t('test.code')}>
        <p className="mb-3 max-w-[60ch] text-ink-2">{t(`test.codeWhy_${phase}`)}</p>
        <div className="max-w-[22rem]">
          <Field
            name="sign"
            label={t('test.codeLabel')}
            hint={t('test.codeHint')}
            autoComplete="off"
            spellCheck={false}
            defaultValue={values.sign ?? first ?? ''}
            error={'sign' in wrong ? t('test.codeWrong') : undefined}
          />
        </div>
      </Card>
      {'answers' in wrong && (
        <p role="alert" tabIndex={-1} className="font-medium text-danger">
          {t('test.nothing')}
        </p>
      )}
      <ol className="grid gap-4">
        {items.map((item, at) => (
          <Item
            key={item.id}
            item={item}
            number={at + 1}
            of={items.length}
            chosen={values[`answer.${item.id}`]}
          />
        ))}
      </ol>
      {test.barred ? (
        <BarredNote barred={test.barred} />
      ) : (
        <p>
          <Button aria-disabled={once.busy}>{t('test.handIn')}</Button>
        </p>
      )}
    </Form>
  )
}

function Item({
  item,
  number,
  of,
  chosen,
}: {
  item: AskedItemView
  number: number
  of: number
  chosen: string | undefined
}) {
  const { t } = useTranslation('learning')
  const other = otherLanguage(useReader().lang)
  const isBoth = item.prompt.en && item.prompt.ru
  return (
    <li className="rounded-card border border-line bg-surface px-4 py-4 sheet:px-5">
      <fieldset>
        <legend className="font-semibold">
          <span className="block text-[13px] font-normal text-ink-2">
            {t('test.number', { number, of })}
          </span>
          <InLanguage text={item.prompt} />
        </legend>
        <div className="mt-2 grid gap-1">
          {item.options.map(({ id, text }) => (
            <label key={id} className="flex min-h-9 items-start gap-3 py-1.5">
              <input
                type="radio"
                name={`answer.${item.id}`}
                value={id}
                defaultChecked={chosen === id}
                className="mt-0.5 size-5 shrink-0 accent-accent"
              />
              <InLanguage text={text} />
            </label>
          ))}
        </div>
      </fieldset>
      {isBoth && (
        <details className="mt-2 text-[13px] text-ink-2">
          <summary className="inline-block min-h-6 cursor-pointer py-1">
            {t(`test.also_${other}`)}
          </summary>
          <div lang={other} className="mt-1 grid gap-1">
            <p>{item.prompt[other]}</p>
            <ul className="list-disc pl-5">
              {item.options.map(({ id, text }) => text[other] && <li key={id}>{text[other]}</li>)}
            </ul>
          </div>
        </details>
      )}
    </li>
  )
}
