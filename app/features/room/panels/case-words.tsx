import { useTranslation } from 'react-i18next'
import type { CaseView, CaseWords as Words } from '../../../../shared/room-views'
import { useReader } from '../../../lib/format'
import { Byline } from './byline'
import { CASE_MAX } from './case-draft'
import { isTranslatedFor, SaidWords, TranslateTools } from './said-words'

const BODY = ['problem', 'course', 'question'] as const

/**
 * A case as it was given: who, without who it is; what happened; what is asked; what was recommended.
 *
 * @param id names its first line, which the focus may be sent to
 * @param hasTools may its recommendations be translated here?
 */
export function CaseWords({
  item,
  id,
  hasTools = false,
}: {
  item: CaseView
  id?: string
  hasTools?: boolean
}) {
  const { t } = useTranslation('room-panels')
  const { lang: reader } = useReader()
  const { translation, recommendations } = item
  const isForReader = isTranslatedFor(item, reader)
  const first = isForReader && translation ? translation : item
  // the setting stands in the first line: in the other language it is with the others
  const whole = ['setting', ...BODY] as const
  return (
    <>
      <p id={id} tabIndex={id ? -1 : undefined} className="mb-1.5 font-medium">
        {t(`case.who.${item.sex}`, { band: item.ageBand })}
        {first.setting !== '' && (
          <>
            {' · '}
            <span lang={first.lang}>{first.setting}</span>
          </>
        )}
      </p>
      <SaidWords
        said={item}
        text={item.problem}
        translated={translation && <Parts of={translation} parts={isForReader ? BODY : whole} />}
      >
        <Parts of={item} parts={isForReader ? whole : BODY} />
      </SaidWords>
      {recommendations && (
        <div className="mt-2 border-l-2 border-accent pl-3">
          <p className="flex flex-wrap items-center gap-x-2 text-[13px] text-ink-2">
            <span className="font-medium text-ink">{t('case.recommendations')}</span>
            <Byline by={recommendations.by} at={recommendations.at} />
          </p>
          <SaidWords said={recommendations} text={recommendations.text} />
          {hasTools && (
            <div className="-ml-1.5 flex flex-wrap items-center print:hidden">
              <TranslateTools
                item={item.id}
                of="answer"
                said={recommendations}
                asked={false}
                max={CASE_MAX}
              />
            </div>
          )}
        </div>
      )}
    </>
  )
}

function Parts({ of, parts }: { of: Words; parts: readonly (keyof Words)[] }) {
  const { t } = useTranslation('room-panels')
  const { lang: reader } = useReader()
  return (
    <dl className="grid gap-1.5">
      {parts.map(
        (part) =>
          of[part] !== '' && (
            <div key={part}>
              <dt lang={reader} className="text-[13px] font-medium text-ink-2">
                {t(`case.${part}`)}
              </dt>
              <dd className="max-w-[68ch] whitespace-pre-wrap [overflow-wrap:anywhere]">
                {of[part]}
              </dd>
            </div>
          ),
      )}
    </dl>
  )
}
