import { useTranslation } from 'react-i18next'
import { Face } from '../../components/face'
import { useReader } from '../../lib/format'
import { fullName } from '../../lib/names'
import { CadreName } from '../people/cadre-name'
import { LinkButton } from './link-button'
import type { Mentions } from './use-mentions'

/** Begins calling somebody by name, for keyboards without an @. */
export function MentionButton({ mentions }: { mentions: Mentions }) {
  const { t } = useTranslation('discussions')
  return (
    <LinkButton aria-label={t('mention.begin')} title={t('mention.begin')} onClick={mentions.begin}>
      @
    </LinkButton>
  )
}

/** People whose names fit what is being typed after an @; the focus stays in the text. */
export function MentionList({ mentions }: { mentions: Mentions }) {
  const { t } = useTranslation('discussions')
  const { lang } = useReader()
  const { found, active, listId, optionId, choose } = mentions
  return (
    <>
      <span role="status" className="sr-only">
        {found.length > 0 && t('mention.found', { count: found.length })}
      </span>
      {found.length > 0 && (
        <div
          id={listId}
          role="listbox"
          aria-label={t('mention.list')}
          className="absolute bottom-full left-0 z-20 mb-1 max-h-80 w-[min(360px,100%)] overflow-y-auto rounded-card border border-line bg-surface p-1 shadow-float"
        >
          {found.map((person, at) => {
            const { main, other } = fullName(person.name, lang)
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are taken where the focus is, in the text
              <div
                key={person.id}
                id={optionId(at)}
                role="option"
                tabIndex={-1}
                aria-selected={at === active}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(person)}
                className="flex cursor-pointer items-center gap-2.5 rounded-lg px-2 py-1.5 hover:bg-wash aria-selected:bg-accent-wash"
              >
                <Face name={person.name} tone={person.tone} />
                <span className="min-w-0 leading-snug">
                  <span lang={main.lang} className="font-medium">
                    {main.text}
                  </span>
                  <span className="block text-[13px] text-ink-2">
                    {other && <span lang={other.lang}>{other.text}, </span>}
                    <CadreName cadre={person.cadre} />
                  </span>
                </span>
              </div>
            )
          })}
        </div>
      )}
    </>
  )
}
