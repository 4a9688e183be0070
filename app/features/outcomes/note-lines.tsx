import { useTranslation } from 'react-i18next'
import { OUTCOME_KINDS } from '../../../shared/workshops'
import { Card } from '../../components/card'
import { Chip } from '../../components/chip'
import { LocalizedTitle } from '../../components/localized-title'
import { useReader } from '../../lib/format'
import type { Refusal } from '../../lib/refusal'
import type { useDone } from '../workshops/use-done'
import type { KeyedOutcomes } from './outcomes.server'
import { StepForm } from './step-form'

type Props = {
  notes: KeyedOutcomes['notes']
  /** Paragraphs that something was made from. */
  madeFrom: ReadonlySet<string>
  may: KeyedOutcomes['may']
  protocolKey: string
  doings: ReturnType<typeof useDone>
  refusal: Refusal | null
}

/** The shared notes, paragraph by paragraph, each with the steps that can be made of it. */
export function NoteLines({ notes, madeFrom, may, protocolKey, doings, refusal }: Props) {
  const { t } = useTranslation('outcomes')
  return (
    <Card id="notes" title={t('notes.title')}>
      <p className="max-w-[64ch] text-ink-2">{t('notes.lead')}</p>
      {may.draft && (
        <div className="mt-3">
          <StepForm
            fields={{ intent: 'protocol', clientKey: protocolKey }}
            known={['intent']}
            refusal={refusal}
          >
            {t('notes.protocol')}
          </StepForm>
        </div>
      )}
      <ul className="mt-3 divide-y divide-line border-t border-line">
        {notes.map((line) => (
          <li
            key={line.unit}
            id={`note-${line.unit}`}
            className="grid gap-x-6 gap-y-2 py-3 [overflow-wrap:anywhere] sheet:grid-cols-[minmax(0,1fr)_auto] sheet:items-start sheet:has-[form.basis-full]:grid-cols-1"
          >
            <div className="min-w-0" id={`note-words-${line.unit}`}>
              <LocalizedTitle text={line.text} />
              {madeFrom.has(line.unit) && (
                <p className="mt-1">
                  <Chip tone="ok">{t('notes.made')}</Chip>
                </p>
              )}
            </div>
            <Steps line={line} may={may} doings={doings} refusal={refusal} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Steps({
  line: { unit, text, keys },
  may,
  doings,
  refusal,
}: Pick<Props, 'may' | 'doings' | 'refusal'> & { line: KeyedOutcomes['notes'][number] }) {
  const { t } = useTranslation('outcomes')
  const { lang } = useReader()
  if (!may.add && !may.discuss) return null
  return (
    <div className="flex flex-wrap gap-1.5">
      {may.add &&
        OUTCOME_KINDS.map((kind) => (
          <StepForm
            key={kind}
            fields={{
              intent: 'add',
              kind,
              unit,
              textEn: text.en ?? '',
              textRu: text.ru ?? '',
              clientKey: keys[kind],
            }}
            known={['intent', 'kind', 'unit']}
            refusal={refusal}
            of={`note-words-${unit}`}
            isSmall
            onSubmit={doings.doing(t(`told.from.${kind}`))}
          >
            {t(`kind.${kind}`)}
          </StepForm>
        ))}
      {may.discuss && (
        <StepForm
          fields={{ intent: 'thread', unit, lang, clientKey: keys.thread }}
          known={['intent', 'unit']}
          refusal={refusal}
          of={`note-words-${unit}`}
          isSmall
        >
          {t('notes.thread')}
        </StepForm>
      )}
    </div>
  )
}
