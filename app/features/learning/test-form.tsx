import { Form, useLocation } from '@remix-run/react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TestView } from '../../../shared/learning-views'
import { WORKSHOP_LIMITS } from '../../../shared/workshops'
import { AskToLeave } from '../../components/ask-to-leave'
import { Button } from '../../components/button'
import { StaleNotice } from '../../components/stale-notice'
import { useFocusRefused } from '../../lib/focus-refused'
import { useHydrated } from '../../lib/hydrated'
import { type Refusal, wrongIn } from '../../lib/refusal'
import { isStale } from '../../lib/reread-stale'
import { AskedForm } from '../privacy/asked-form'
import type { useDone } from '../workshops/use-done'
import { SPARE_ITEMS, startingWith } from './test-fields'
import { TestItemFields } from './test-item-fields'
import { LockedTest, TestItems } from './test-items'

type Values = Readonly<Record<string, string>>

/** All questions of the test with their options, in both languages; to be read alone once answered. */
export function TestForm({
  test,
  refusal,
  saving,
}: {
  test: TestView
  refusal: Refusal | null
  saving: ReturnType<typeof useDone>
}) {
  const { t } = useTranslation('learning')
  const form = useFocusRefused(refusal)
  const isScripted = useHydrated()
  // as it was opened: what a colleague saves meanwhile is told on sending
  const [opened] = useState(test.rev)
  const [rows, setRows] = useState(() => beginWith(test, refusal))
  const [isTyped, setIsTyped] = useState(refusal !== null)
  const next = useRef(rows.length)
  const [fresh, setFresh] = useState<number | null>(null)
  const wrong = wrongIn(refusal)
  const stale = isStale(refusal, test.rev)
  const { pathname } = useLocation()
  const spare = isScripted ? 0 : SPARE_ITEMS
  // once somebody has answered it stays as it is; what is being typed is not taken away for that
  if (test.locked && !refusal && !isTyped) return <LockedTest items={test.items} />
  const all = [...rows, ...Array.from({ length: spare }, (_, at) => ({ key: -1 - at, values: {} }))]
  return (
    <Form
      ref={form}
      method="post"
      noValidate
      onChange={() => setIsTyped(true)}
      onSubmit={saving.doing(t('page.saved'))}
      className="mt-2 grid gap-5"
    >
      <p role="status" className="max-w-[64ch] text-ink-2">
        {t(test.locked ? 'items.locked' : 'items.lead')}
      </p>
      <input
        type="hidden"
        name="base"
        value={stale ? test.rev : (refusal?.values.base ?? opened)}
      />
      {stale && (
        <StaleNotice here={pathname}>
          <TestItems items={test.items} />
        </StaleNotice>
      )}
      <ol className="grid gap-4">
        {all.map(({ key, values }, at) => (
          <TestItemFields
            key={key}
            at={at}
            values={values}
            wrong={startingWith(wrong, `items.${at}.`)}
            isFresh={fresh === key}
            onRemove={
              isScripted
                ? () => {
                    setRows((known) => known.filter((row) => row.key !== key))
                    setIsTyped(true)
                  }
                : undefined
            }
          />
        ))}
      </ol>
      <p role="status" className="sr-only">
        {t('items.now', { count: rows.length })}
      </p>
      <AskedForm refusal={refusal} form={form} />
      <p className="flex flex-wrap gap-3">
        <Button aria-disabled={saving.isSending || undefined}>{t('items.save')}</Button>
        {isScripted && rows.length < WORKSHOP_LIMITS.testItems && (
          <Button
            type="button"
            look="quiet"
            onClick={() => {
              const key = next.current++
              setRows((known) => [...known, { key, values: {} }])
              setFresh(key)
            }}
          >
            {t('items.add')}
          </Button>
        )}
      </p>
      <AskToLeave
        isAsked={isTyped}
        words={{
          title: t('items.leave.title'),
          note: t('items.leave.note'),
          stay: t('items.leave.stay'),
          go: t('items.leave.go'),
        }}
      />
    </Form>
  )
}

/** As the form came back, else as the test is stored; an empty question where there is none. */
function beginWith(
  { items }: TestView,
  refusal: Refusal | null,
): { key: number; values: Values }[] {
  const typed = refusal && Object.keys(startingWith(refusal.values, 'items.')).length > 0
  const most = WORKSHOP_LIMITS.testItems + SPARE_ITEMS
  const rows = typed
    ? Array.from({ length: most }, (_, at) => startingWith(refusal.values, `items.${at}.`)).slice(
        0,
        lastRow(refusal.values) + 1,
      )
    : items.map(
        ({ prompt, options, right }): Values => ({
          promptEn: prompt.en ?? '',
          promptRu: prompt.ru ?? '',
          right: String(
            Math.max(
              0,
              options.findIndex(({ id }) => id === right),
            ),
          ),
          ...Object.fromEntries(
            options.flatMap(({ text }, at) => [
              [`option${at}En`, text.en ?? ''],
              [`option${at}Ru`, text.ru ?? ''],
            ]),
          ),
        }),
      )
  return (rows.length > 0 ? rows : [{}]).map((values, key) => ({ key, values }))
}

function lastRow(values: Values): number {
  const numbers = Object.keys(values).flatMap((name) => /^items\.(\d{1,2})\./.exec(name)?.[1] ?? [])
  return Math.max(-1, ...numbers.map(Number))
}
