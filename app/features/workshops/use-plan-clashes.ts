import { useTranslation } from 'react-i18next'
import type { PlanChoices } from '../../../server/services/workshop-choices'
import { CADRES } from '../../../shared/cadres'
import { pickText } from '../../../shared/languages'
import { AUDIENCE, ticked } from '../../../shared/plan-parts'
import type { SideView } from '../../../shared/views'
import { CHANNEL_KINDS, SPOKEN, WORKSHOP_MODES } from '../../../shared/workshops'
import type { TheirLine } from '../../components/their-words'
import { dayIn } from '../../lib/day'
import { useReader } from '../../lib/format'
import { fullName } from '../../lib/names'
import { zoneName } from '../../lib/sides'
import { useLabels } from './fault-list'
import type { PlanClash } from './joined-plan'

type Fields = Readonly<Record<string, string>>

/** What somebody else has saved in a plan, in words, each with the place in the form that it is about. */
export function usePlanClashes(
  clashes: readonly PlanClash[],
  choices: PlanChoices,
  sides: readonly SideView[],
): readonly TheirLine[] {
  const { t } = useTranslation(['workshops', 'people'])
  const { lang } = useReader()
  const labelOf = useLabels()
  const inRow: Readonly<Record<string, string>> = {
    titleEn: t('form.titleEn'),
    titleRu: t('form.titleRu'),
    minutes: t('form.minutes'),
    speaker: t('form.speaker'),
    spoken: t('form.spoken'),
    resource: t('form.resource'),
    kind: t('form.channelKind'),
  }
  const titleIn = ({ titleEn, titleRu }: Fields) =>
    (lang === 'ru' ? titleRu || titleEn : titleEn || titleRu) ?? ''
  const say = (field: string, theirs: Fields): string => {
    const value = theirs[field] ?? ''
    switch (field) {
      case 'startsOn': {
        const { startsTime = '', timeZone = '' } = theirs
        return `${dayIn(value, lang)}, ${startsTime}, ${zoneName(timeZone, sides, lang)}`
      }
      case AUDIENCE: {
        const cadres = ticked(theirs, AUDIENCE).map((cadre) =>
          known(CADRES, cadre, (each) => t(`people:cadre.${each}`)),
        )
        return cadres.join(', ') || t('about.everybody')
      }
      case 'mode':
        return known(WORKSHOP_MODES, value, (mode) => t(`mode.${mode}`))
      case 'spoken':
        return known(SPOKEN, value, (spoken) => t(`spoken.${spoken}`))
      case 'kind':
        return [known(CHANNEL_KINDS, value, (kind) => t(`form.kind.${kind}`)), theirs.url]
          .filter(Boolean)
          .join(' · ')
      case 'speaker': {
        const person = choices.people.find(({ id }) => id === value)
        return person ? fullName(person.name, lang).main.text : (theirs.speakerName ?? '')
      }
      case 'resource': {
        const resource = choices.resources.find(({ id }) => id === value)
        return resource ? pickText(resource.title, lang).text : ''
      }
    }
    return value
  }
  const rowIn = (row: Fields) =>
    [titleIn(row), t('about.minutes', { count: Number(row.minutes) || 0 }), say('speaker', row)]
      .filter(Boolean)
      .join(' · ')
  const linkIn = (row: Fields) => `${say('kind', row)} · ${say('spoken', row)}`
  return clashes.map((clash): TheirLine => {
    const { kind, name } = clash
    switch (kind) {
      case 'order': {
        const isAgenda = name === 'agenda'
        const rows = clash.theirs.map(isAgenda ? rowIn : linkIn)
        const label = t(isAgenda ? 'form.agenda' : 'form.channels')
        return { name, label, text: rows.filter(Boolean).join('\n') }
      }
      case 'gone':
      case 'back': {
        const [gone, back] = name.startsWith('agenda.')
          ? [t('form.rowGone'), t('form.rowBack')]
          : [t('form.linkGone'), t('form.linkBack')]
        const text = kind === 'gone' ? gone : back
        return { name, label: labelOf(name) ?? name, text }
      }
      default: {
        const written = /(En|Ru)$/.exec(clash.field)?.[0]
        return {
          name,
          label: [labelOf(name), isInRow(name) && inRow[clash.field]].filter(Boolean).join(': '),
          text: say(clash.field, clash.theirs),
          lang: written === 'Ru' ? 'ru' : written === 'En' ? 'en' : undefined,
        }
      }
    }
  })
}

/** One of a few answers, in its words. */
function known<A extends string>(
  answers: readonly A[],
  value: string,
  say: (answer: A) => string,
): string {
  const answer = answers.find((each) => each === value)
  return answer ? say(answer) : value
}

/** Is it a field of a row, whose label names the row alone? */
function isInRow(name: string): boolean {
  return name.split('.').length > 2
}
