/** The part of pdfmake 0.3 that papers use; it brings no types of its own. */
declare module 'pdfmake' {
  type Margin = [number, number, number, number]
  export type Content = string | readonly Content[] | { readonly [key: string]: unknown }
  export type Definition = {
    content: Content
    info?: Readonly<Record<string, string>>
    lang?: string
    language?: string
    /** By name, or in points. */
    pageSize?: string | { width: number; height: number }
    pageOrientation?: 'portrait' | 'landscape'
    pageMargins?: Margin
    defaultStyle?: Readonly<Record<string, unknown>>
    styles?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
    background?: (page: number, size: { width: number; height: number }) => Content
    pageBreakBefore?: (
      node: { readonly headlineLevel?: number },
      around: { getFollowingNodesOnPage(): readonly { readonly style?: string }[] },
    ) => boolean
    footer?: (page: number, pages: number) => Content
    version?: string
    tagged?: boolean
    subset?: string
  }
  const pdfmake: {
    setFonts(fonts: Readonly<Record<string, Readonly<Record<string, string>>>>): void
    setUrlAccessPolicy(may: (url: string) => boolean): void
    setLocalAccessPolicy(may: (path: string) => boolean): void
    createPdf(definition: Definition): { getBuffer(): Promise<Buffer> }
  }
  export default pdfmake
}
