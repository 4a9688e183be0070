/** A file that was made for whoever asked, for no cache to keep. */
export function toDownload({
  name,
  mediaType,
  bytes,
}: {
  name: string
  mediaType: string
  bytes: Uint8Array
}): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': mediaType,
      'Content-Disposition': `attachment; filename="${name}"`,
      'Content-Length': String(bytes.byteLength),
      'Cache-Control': 'private, no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
