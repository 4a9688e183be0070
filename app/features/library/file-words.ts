import { useTranslation } from 'react-i18next'
import { useReader } from '../../lib/format'
import { type FileKind, fileKindOf } from './file-kinds'
import { type Size, sizeOf, sizesOf } from './sizes'

/** Sizes and types of files in the words and digits of the reader. */
export function useFileWords() {
  const { t } = useTranslation('library')
  const { lang } = useReader()
  const say = ({ value, unit }: Size) => t(`size.${unit}`, { value })
  return {
    /** «1,2 МБ», the parts never apart. */
    size: (bytes: number) => say(sizeOf(bytes, lang)),
    /** «1,3» and «4,0 МБ»: how much of it. */
    sizes(sent: number, bytes: number) {
      const { sent: part, total } = sizesOf(sent, bytes, lang)
      return { sent: part, total: say(total) }
    },
    type: (mediaType: string) => kindWord(fileKindOf(mediaType)),
  }

  function kindWord(kind: FileKind): string {
    return t(`file.${kind}`)
  }
}
