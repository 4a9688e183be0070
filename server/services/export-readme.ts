import { Readable } from 'node:stream'
import type { ExportKind } from '../../models/export'
import type { ArchiveEntry } from './export-archive'

/** What an archive says about itself, in both languages, since whoever opens it may read but one. */
const TEXTS: Record<ExportKind, string> = {
  partnership: `EN

This archive holds everything that the partnership wrote and stored in Twinward.

  partnership.json        the partnership, its sides and institutions
  people.json             everybody who has been a member: names; addresses of present members
  members.json            roles and sides
  protocols/              list and marks; for each protocol its text in both languages,
                          and document.json with the full structure (ProseMirror JSON)
  discussions/            threads and posts with their translations
  library/                items, their language versions, and the files under the version's id
  workshops/              plans, participants, what was said in the rooms, slides as images under
                          the deck's id; votes, tests and evaluations counted, as nobody's
                          answers are anybody's to read
  glossary.json           terms
  record.json             who did what and when, with the chain of hashes
  manifest.json           length and SHA-256 of every file; what could not be put in; what
                          was removed while the archive was being made

Times are UTC. Notifications, reading positions and drafts are each person's own and are not here.

RU

В этом архиве — всё, что партнёрство написало и сохранило в Twinward.

  partnership.json        партнёрство, его стороны и учреждения
  people.json             все, кто был участником: имена; адреса нынешних участников
  members.json            роли и стороны
  protocols/              список и отметки; у каждого протокола — текст на обоих языках
                          и document.json с полной структурой (ProseMirror JSON)
  discussions/            обсуждения и сообщения с переводами
  library/                материалы, их языковые версии и файлы под номером версии
  workshops/              планы, участники, сказанное на семинарах, слайды картинками под номером
                          набора; голоса, тесты и отзывы — только в подсчитанном виде,
                          без отдельных ответов
  glossary.json           термины
  record.json             кто, что и когда сделал, с цепочкой хешей
  manifest.json           длина и SHA-256 каждого файла; что не удалось включить;
                          что удалили, пока архив собирался

Время — UTC. Уведомления, отметки о прочтении и черновики принадлежат каждому лично, их здесь нет.
`,
  own: `EN

This archive holds what Twinward keeps about you and what you wrote and added.

  account.json            your account; passwords and other secrets are not exported
  memberships.json        where you are or were a member
  sessions.json           where you are signed in
  record.json             what the record says you did
  discussions/            threads you opened, posts you wrote, translations you made
  library/                items and versions you added (the files are in the partnership's library)
  workshops/              workshops you took part in, your certificates, what you meant to change
  protocol-marks.json     paragraphs you marked as translated or reviewed
  manifest.json           length and SHA-256 of every file

What you typed into protocols is part of a text written together, and stays with the partnership.
Times are UTC.

RU

В этом архиве — всё, что Twinward хранит о вас, и всё, что вы написали и добавили.

  account.json            ваша учётная запись; пароли и другие секреты не выгружаются
  memberships.json        где вы состоите или состояли
  sessions.json           где выполнен вход
  record.json             что о ваших действиях есть в журнале
  discussions/            обсуждения, которые вы открыли, ваши сообщения и переводы
  library/                материалы и версии, которые вы добавили (файлы — в библиотеке партнёрства)
  workshops/              семинары, в которых вы участвовали, ваши сертификаты и намерения
  protocol-marks.json     абзацы, которые вы отметили как переведённые или проверенные
  manifest.json           длина и SHA-256 каждого файла

То, что вы написали в протоколах, — часть общего текста и остаётся у партнёрства.
Время — UTC.
`,
}

/** The first file of an archive. */
export function readmeOf(kind: ExportKind): ArchiveEntry {
  return { path: 'README.txt', open: () => Readable.from([TEXTS[kind]], { objectMode: false }) }
}
