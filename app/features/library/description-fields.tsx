import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Language, type LocalizedText, otherLanguage } from '../../../shared/languages'
import { RESOURCE_KINDS, type ResourceKind } from '../../../shared/resource-kinds'
import { Field } from '../../components/field'
import { useReader } from '../../lib/format'
import type { Refusal } from '../../lib/refusal'
import { Choice, TextBox } from './fields'

/** As the schema has them. */
const MAX_TITLE = 200
const MAX_ABOUT = 1_000

type Described = { title: LocalizedText; about: LocalizedText; kind: ResourceKind }

/** What an item is: titles and a few words in both languages, and its kind. */
export function DescriptionFields({
  refusal,
  item,
  base: shown,
}: {
  refusal: Refusal | null
  item?: Described
  /** Of what there is already: the newest removal of patient data that it shows, if any. */
  base?: string
}) {
  const { t } = useTranslation('library')
  const { lang: reader } = useReader()
  const order = [reader, otherLanguage(reader)]
  const kept = refusal?.values
  // of when the fields were filled: what is told later is not in them
  const [base] = useState(kept?.base ?? shown)
  const detail = refusal?.refused.code === 'invalid_input' ? refusal.refused.detail : {}
  const titles = {
    en: { name: 'titleEn', label: t('describe.titleEn') },
    ru: { name: 'titleRu', label: t('describe.titleRu') },
  } as const
  const abouts = {
    en: { name: 'aboutEn', label: t('describe.aboutEn') },
    ru: { name: 'aboutRu', label: t('describe.aboutRu') },
  } as const
  const titleError = (lang: Language) => {
    // that there is none is said at the first field
    if (detail.titleEn === 'title_required') {
      return lang === reader ? t('describe.titleNeeded') : undefined
    }
    return detail[titles[lang].name] ? t('describe.titleTooLong', { count: MAX_TITLE }) : undefined
  }
  const aboutError = (lang: Language) =>
    detail[abouts[lang].name] ? t('describe.aboutTooLong', { count: MAX_ABOUT }) : undefined
  return (
    <>
      {base !== undefined && <input type="hidden" name="base" value={base} />}
      <div className="grid items-start gap-5 rail:grid-cols-2">
        {order.map((lang) => (
          <Field
            key={lang}
            {...titles[lang]}
            lang={lang}
            maxLength={MAX_TITLE}
            defaultValue={kept?.[titles[lang].name] ?? item?.title[lang] ?? ''}
            error={titleError(lang)}
          />
        ))}
        {order.map((lang) => (
          <TextBox
            key={lang}
            {...abouts[lang]}
            lang={lang}
            maxLength={MAX_ABOUT}
            defaultValue={kept?.[abouts[lang].name] ?? item?.about[lang] ?? ''}
            error={aboutError(lang)}
          />
        ))}
      </div>
      <div className="max-w-72">
        <Choice
          label={t('describe.kind')}
          name="kind"
          defaultValue={kept?.kind ?? item?.kind ?? 'leaflet'}
        >
          {RESOURCE_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`kind.${kind}`)}
            </option>
          ))}
        </Choice>
      </div>
    </>
  )
}
