const RUSSIAN =
  /(?<![\p{L}\d.+-])(?:\+7|8)[ \u00a0(-]{0,2}\d{3}[ \u00a0)-]{0,2}\d{3}[ \u00a0-]?\d{2}[ \u00a0-]?\d{2}(?![\d-])/gu
const AMERICAN =
  /(?<![\p{L}\d.+-])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\d-]|\.\d)/gu

export const PHONES: readonly RegExp[] = [RUSSIAN, AMERICAN]

/** Russian and American telephone numbers, in the text's order. */
export function findPhones(text: string): { from: number; to: number }[] {
  return PHONES.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ 0: number, index }) => ({
      from: index,
      to: index + number.length,
    })),
  ).sort((one, other) => one.from - other.from)
}
