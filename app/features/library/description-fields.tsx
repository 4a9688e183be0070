import { useTranslation } from 'react-i18next'
import type { LocalizedText } from '../../../shared/languages'
import type { ResourceKind } from '../../../shared/schemas/resources'
import { Field } from '../../components/field'
import type { Refusal } from '../../lib/refusal'
import { Choice, TextBox } from './fields'
import { KINDS } from './kinds'

/** As the schema has them. */
const MAX_TITLE = 200
const MAX_ABOUT = 1_000

type Described = { title: LocalizedText; about: LocalizedText; kind: ResourceKind }

/** What an item is: titles and a few words in both languages, and its kind. */
export function DescriptionFields({
  refusal,
  item,
}: {
  refusal: Refusal | null
  item?: Described
}) {
  const { t } = useTranslation('library')
  const kept = refusal?.values
  const detail = refusal?.refused.code === 'invalid_input' ? refusal.refused.detail : {}
  const titleError = (field: string) => {
    if (!detail[field]) return undefined
    return detail[field] === 'title_required'
      ? t('describe.titleNeeded')
      : t('describe.titleTooLong', { count: MAX_TITLE })
  }
  const aboutError = (field: string) =>
    detail[field] ? t('describe.aboutTooLong', { count: MAX_ABOUT }) : undefined
  return (
    <>
      <div className="grid items-start gap-5 rail:grid-cols-2">
        <Field
          label={t('describe.titleEn')}
          name="titleEn"
          lang="en"
          maxLength={MAX_TITLE}
          defaultValue={kept?.titleEn ?? item?.title.en ?? ''}
          error={titleError('titleEn')}
        />
        <Field
          label={t('describe.titleRu')}
          name="titleRu"
          lang="ru"
          maxLength={MAX_TITLE}
          defaultValue={kept?.titleRu ?? item?.title.ru ?? ''}
          error={titleError('titleRu')}
        />
        <TextBox
          label={t('describe.aboutEn')}
          name="aboutEn"
          lang="en"
          maxLength={MAX_ABOUT}
          defaultValue={kept?.aboutEn ?? item?.about.en ?? ''}
          error={aboutError('aboutEn')}
        />
        <TextBox
          label={t('describe.aboutRu')}
          name="aboutRu"
          lang="ru"
          maxLength={MAX_ABOUT}
          defaultValue={kept?.aboutRu ?? item?.about.ru ?? ''}
          error={aboutError('aboutRu')}
        />
      </div>
      <div className="max-w-72">
        <Choice
          label={t('describe.kind')}
          name="kind"
          defaultValue={kept?.kind ?? item?.kind ?? 'leaflet'}
        >
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`kind.${kind}`)}
            </option>
          ))}
        </Choice>
      </div>
    </>
  )
}
