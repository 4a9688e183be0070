import { isSafeHref } from '../../../shared/editor/safe-href'

import { RemovedWords } from '../privacy/removed-words'

const ADDRESS = /(https?:\/\/[^\s<>"«»“”]+)/

/** Plain text with its web addresses as links; what ends a sentence is no part of an address. */
export function Linked({ text }: { text: string }) {
  return <RemovedWords text={text}>{(piece) => <WithAddresses text={piece} />}</RemovedWords>
}

function WithAddresses({ text }: { text: string }) {
  return text.split(ADDRESS).map((piece, at) => {
    const address = at % 2 === 1 ? piece.replace(/[.,:;!?)\]]+$/, '') : ''
    if (!address || !isSafeHref(address)) return piece
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name than their place
      <span key={at}>
        <a
          href={address}
          target="_blank"
          rel="noopener noreferrer nofollow"
          className="text-accent underline underline-offset-3"
        >
          {address}
        </a>
        {piece.slice(address.length)}
      </span>
    )
  })
}
