import type { DemoThread } from '../types'

/** Colleagues of the two cities talk; the people and their patients' stories are invented. */
export const threads: readonly DemoThread[] = [
  {
    key: 'who-calls',
    title: {
      en: 'Who calls the patient after a missed visit?',
      ru: 'Кто звонит пациенту после пропущенного визита?',
    },
    tags: ['adherence', 'визиты'],
    anchor: { protocol: 'adh', unit: 'adh-29', asMarked: true },
    unread: { 'coordinator.ru': 3, 'physician.ru': 1, 'physician.us': 2, viewer: 2 },
    posts: [
      {
        by: 'coordinator.us',
        at: '-6 10:05',
        text: 'This paragraph says that the case manager calls. In New Haven that is how it works, but I am not sure it is how it works for you. @{coordinator.ru}, who really picks up the phone in your clinic, and what happens when that person is away?',
        translation: {
          by: 'reviewer',
          text: 'В этом абзаце написано, что звонит специалист по ведению случая. У нас в Нью-Хейвене так и есть, но я не уверен, что так у вас. Наталья Юрьевна, кто на самом деле берёт трубку и звонит и что бывает, если этого человека нет на месте?',
        },
      },
      {
        by: 'coordinator.ru',
        at: '-5 09:40',
        replyTo: 1,
        text: 'Томас, по факту звонит та медсестра, которая вела приём. Пациент знает её голос и чаще отвечает. Специалист по ведению случая у нас один на два кабинета, в понедельник он просто не успевает всех обзвонить.',
        translation: {
          by: 'reviewer',
          text: 'Thomas, in practice it is the nurse who saw the patient. They know her voice and answer more often. We have one case manager for two consulting rooms, and on Mondays he simply cannot get through the whole list.',
        },
      },
      {
        by: 'coordinator.us',
        at: '-5 09:15',
        replyTo: 2,
        text: 'A voice they know. We should have thought of that: half of our patients never pick up an unknown number.\n\nAnd three working days, is that too long? By then somebody may have been without tablets for most of a week.',
        translation: {
          by: 'reviewer',
          text: 'Знакомый голос. Нам бы самим догадаться: половина наших пациентов не берёт трубку, если номер незнакомый.\n\nА три рабочих дня, не много ли? За это время человек может остаться без таблеток почти на неделю.',
        },
      },
      {
        by: 'physician.ru',
        at: '-5 17:20',
        editedAt: '-5 17:34',
        text: 'Согласен, три рабочих дня много. Пропустил визит в пятницу, звоним в среду. А препараты мы выдаём под визит, запаса у него нет.',
        translation: {
          by: 'reviewer',
          at: '-4 10:10',
          text: 'I agree, three working days is a long time. Somebody misses a Friday visit and we call on Wednesday. And we dispense from visit to visit, so they have nothing left at home.',
        },
      },
      {
        by: 'physician.us',
        at: '-4 11:30',
        text: 'I have changed the English line to “the next working day” so that we can see how it reads. It may be too strict. Tell me if I should put it back.',
        translation: {
          by: 'reviewer',
          text: 'Я поменяла английскую строку на «следующий рабочий день», чтобы посмотреть, как это читается. Возможно, слишком жёстко. Скажите, если нужно вернуть.',
        },
      },
      {
        by: 'coordinator.ru',
        at: '-3 10:15',
        replyTo: 5,
        text: '@{physician.us}, на следующий день не получится: в дни приёма телефон один на весь кабинет. А двое суток реально: утром медсестра смотрит список тех, кто не пришёл, и звонит до обеда.',
        translation: {
          by: 'reviewer',
          text: 'Priya, the next day will not work: on clinic days there is one telephone for the whole room. But two days are realistic: in the morning the nurse looks at the list of those who did not come and calls before lunch.',
        },
      },
      {
        by: 'ryabinin',
        at: '-2 12:05',
        text: 'Скажу с той стороны телефона. Звонят на следующий день: кажется, что проверяют. Звонят через неделю: кажется, что забыли. Двое суток нормально. Только если трубку взял кто-то другой, не говорите, откуда звоните.',
        translation: {
          by: 'reviewer',
          text: 'From the other end of the line: a call the next day feels like being checked on. A call after a week feels like being forgotten. Two days are fine. Only, if somebody else answers, do not say where you are calling from.',
        },
      },
      {
        by: 'reviewer',
        lang: 'en',
        at: '-2 15:50',
        text: 'A note on wording: “48 hours” and «двое суток» are the same, “two working days” is not, because of Fridays. I would write 48 hours in both texts, as we already do for missed doses.',
        translation: {
          by: 'reviewer',
          text: 'О формулировке: «48 часов» и «двое суток» это одно и то же, а «два рабочих дня» нет, из-за пятницы. Я бы в обоих текстах написала «48 часов», как у нас уже сказано о пропуске приёма.',
        },
      },
      {
        by: 'coordinator.us',
        at: '-1 09:30',
        replyTo: 7,
        text: 'Then it is decided: the first call within 48 hours, by the nurse who saw the patient; the case manager calls again on day 7. If somebody else answers, we give a first name and nothing more. Thank you, Oleg.\n\n@{coordinator.ru}, one last question: who looks at the list when that nurse is on leave?',
        translation: {
          by: 'reviewer',
          text: 'Тогда решено: первый звонок в течение 48 часов делает медсестра, которая вела приём; на 7-й день ещё раз звонит специалист по ведению случая. Если трубку взял кто-то другой, называем только имя. Спасибо, Олег.\n\nНаталья Юрьевна, последний вопрос: кто смотрит список, когда эта медсестра в отпуске?',
        },
      },
    ],
  },
  {
    key: 'missed-dose',
    title: {
      en: 'Two missed doses: review after two weeks or four?',
      ru: 'Два пропуска за неделю: осмотр через две недели или через четыре?',
    },
    tags: ['adherence', 'сроки'],
    anchor: { protocol: 'adh', unit: 'adh-18' },
    unread: { 'physician.ru': 2, 'coordinator.us': 1, viewer: 4 },
    posts: [
      {
        by: 'physician.us',
        at: '-3 09:10',
        text: 'I changed four weeks to two here. In our own charts most people who had missed two doses in a week had missed five by week four. One earlier visit costs little. Please argue with me before it goes into the Russian text.',
        translation: {
          by: 'reviewer',
          text: 'Я исправила здесь четыре недели на две. По нашим картам, у большинства из тех, кто пропустил два приёма за неделю, к четвёртой неделе пропусков было уже пять. Один визит пораньше обходится недорого. Поспорьте со мной, пока это не попало в русский текст.',
        },
      },
      {
        by: 'physician.ru',
        at: '-2 09:50',
        replyTo: 1,
        text: 'Прия, довод понятен. Смущает нагрузка: это ещё один визит на каждого такого пациента, а запись ко мне заполнена на две недели вперёд. Может быть, через 2 недели осматривает медсестра, а ко мне только тогда, когда пропуски были снова?',
        translation: {
          by: 'reviewer',
          text: 'Priya, I see the point. It is the workload that worries me: one more visit for each of these patients, and I am booked two weeks ahead. Could the nurse see them at 2 weeks, and I only if doses were missed again?',
        },
      },
      {
        by: 'coordinator.ru',
        at: '-2 11:10',
        text: 'Медсестра сможет. Нужны те же три вопроса и строка в карте, больше ничего. На пациента уходит минут десять.',
        translation: {
          by: 'reviewer',
          text: 'A nurse can do it. All we need is the same three questions and one line in the card. It takes about ten minutes per patient.',
        },
      },
      {
        by: 'physician.us',
        at: '-2 10:20',
        replyTo: 3,
        text: 'A nurse visit is exactly right. I would put it into the paragraph: “a nurse reviews at 2 weeks; the physician if doses were missed again.” @{viewer} has the numbers from the last audit if anybody wants to see them.',
        translation: {
          by: 'reviewer',
          text: 'Визит к медсестре: именно то, что нужно. Я бы так и написала: «через 2 недели осматривает медсестра; врач, если пропуски повторились». У Эллен есть цифры последнего аудита, если кто-то хочет посмотреть.',
        },
      },
      {
        by: 'hallett',
        at: '-2 15:40',
        text: 'At the counter people ask me about the missed tablet itself. I say what the paragraph above says: take it when you remember; if the next one is almost due, skip it; never two at once. @{shcheglova}, does the leaflet use the same words?',
        translation: {
          by: 'reviewer',
          text: 'В аптеке меня спрашивают о самой пропущенной таблетке. Отвечаю так же, как в абзаце выше: примите, когда вспомнили; если почти подошло время следующей, пропустите; никогда не принимайте две сразу. Марина, в памятке те же слова?',
        },
      },
      {
        by: 'shcheglova',
        at: '-1 10:30',
        replyTo: 5,
        text: '@{hallett}, те же. Памятка «Как не пропускать приём» лежит в библиотеке. Английского текста пока нет, Томас попросил перевод.',
        translation: {
          by: 'reviewer',
          text: 'Grace, they are the same. The leaflet “How not to miss a dose” is in the library. There is no English text yet; Thomas has asked for a translation.',
        },
      },
      {
        by: 'physician.us',
        at: '-1 08:40',
        replyTo: 2,
        text: '@{physician.ru}, so we keep two weeks, with the nurse? The Russian line still says four, and I would rather you wrote it than I.',
      },
    ],
  },
  {
    key: 'no-photos',
    title: {
      en: 'Please do not send photographs of patients',
      ru: 'Пожалуйста, не присылайте фотографии пациентов',
    },
    tags: ['конфиденциальность', 'privacy'],
    unread: { 'physician.us': 1, reviewer: 1 },
    posts: [
      {
        by: 'coordinator.ru',
        at: '-24 09:15',
        text: 'Коллеги, за неделю в переписку дважды попали фотографии: сыпь на лице и рентгеновский снимок с фамилией на плёнке. По лицу, татуировке или номеру карты человека легко узнать, а отозвать снимок уже нельзя. Очень прошу больше так не делать.\n\nДля консультации есть форма «Обезличенное описание случая», одна страница, лежит в библиотеке на двух языках.',
        translation: {
          by: 'reviewer',
          text: 'Dear colleagues, twice this week photographs have found their way into our letters: a rash on a face, and an X-ray with a surname on the film. A face, a tattoo or a record number is enough to recognise somebody, and a picture cannot be called back. Please let us stop.\n\nFor a consultation there is the form “De-identified case description”, one page, in the library in both languages.',
        },
      },
      {
        by: 'hallett',
        at: '-24 10:25',
        replyTo: 1,
        text: 'One of them came from me, because I had asked for a picture of the rash. I am sorry. I have deleted it here and on my phone.',
        translation: {
          by: 'reviewer',
          text: 'Один из снимков появился из-за меня: это я попросила показать сыпь. Прошу прощения. Я удалила его и здесь, и в телефоне.',
        },
      },
      {
        by: 'physician.ru',
        at: '-23 16:40',
        text: 'Возраст, район и место работы пациента.',
        deleted: { by: 'coordinator.ru', at: '-23 17:05' },
      },
      {
        by: 'coordinator.ru',
        at: '-23 17:10',
        text: 'Дмитрий Андреевич, убрала ваше сообщение: возраст, район и место работы вместе указывают на одного человека. Напишите, пожалуйста, то же самое по форме.',
        translation: {
          by: 'reviewer',
          text: 'Dmitriy Andreevich, I took out your post: the age, the district and the workplace together point to one person. Please put the same into the form.',
        },
      },
      {
        by: 'physician.ru',
        at: '-22 09:30',
        replyTo: 4,
        text: 'Вы правы, увлёкся. Заполнил форму: возрастная группа, месяц лечения, схема, описание сыпи словами, температура, АЛТ. Получилось даже короче.',
        translation: {
          by: 'reviewer',
          text: 'You are right, I got carried away. I have filled in the form: age band, month of treatment, regimen, the rash in words, temperature, ALT. It even came out shorter.',
        },
      },
      {
        by: 'physician.us',
        at: '-22 09:45',
        text: 'And it was all I needed. In twenty years I have never given better advice because I saw a face. Thank you for saying it plainly, @{coordinator.ru}.',
        translation: {
          by: 'reviewer',
          text: 'И этого мне хватило. За двадцать лет я ни разу не дала лучшего совета оттого, что видела лицо. Спасибо, Наталья Юрьевна, что сказали прямо.',
        },
      },
      {
        by: 'coordinator.us',
        at: '-21 09:20',
        replyTo: 6,
        text: 'New Haven follows the same rule from today: words, bands and months, no pictures, no dates of birth. I have told our residents too.',
        request: { by: 'coordinator.ru', at: '-20 09:00' },
      },
    ],
  },
  {
    key: 'cd4-comma',
    title: {
      en: 'CD4 numbers do not match between the lab form and the audit',
      ru: 'Количество CD4 в бланке и в аудите не сходится',
    },
    tags: ['laboratory', 'аудит'],
    anchor: { protocol: 'art1', unit: 'art1-08' },
    posts: [
      {
        by: 'coordinator.us',
        at: '2007-03-19 10:10',
        text: 'Ellen and I are checking the audit file. In 14 of 90 records the CD4 count is 35 or less, although the same patients look well. On the lab forms I see “0,35”. What are we reading wrong?',
        translation: {
          by: 'reviewer',
          text: 'Мы с Эллен проверяем таблицу аудита. В 14 записях из 90 количество CD4 составляет 35 и меньше, хотя пациенты чувствуют себя хорошо. В бланках лаборатории я вижу «0,35». Что мы читаем неправильно?',
        },
      },
      {
        by: 'physician.ru',
        at: '2007-03-20 09:25',
        replyTo: 1,
        text: 'Запятую и единицы. Старый бланк даёт результат в 10⁹/л, и 0,35 означает 350 клеток в микролитре. В таблице запятая пропала, и получилось 35.',
        translation: {
          by: 'reviewer',
          text: 'The comma and the unit. The old form gives the result in 10⁹/L, so 0,35 means 350 cells per microlitre. The comma was lost in the spreadsheet, which left 35.',
        },
      },
      {
        by: 'coordinator.us',
        at: '2007-03-20 08:50',
        text: 'So those 14 people are fine and the spreadsheet is not. What a relief. Do all your forms use 10⁹/L?',
        translation: {
          by: 'reviewer',
          text: 'Значит, с этими четырнадцатью пациентами всё в порядке, а с таблицей нет. Какое облегчение. Все ваши бланки в 10⁹/л?',
        },
      },
      {
        by: 'physician.ru',
        at: '2007-03-20 16:30',
        text: 'Только выданные до 1 марта. В новом бланке «кл/мкл», целое число без запятой. Численно это то же, что ваши cells/mm³.',
        translation: {
          by: 'reviewer',
          text: 'Only those issued before 1 March. The new form says cells per microlitre («кл/мкл»), a whole number without a comma. Numerically it is the same as your cells/mm³.',
        },
      },
      {
        by: 'physician.us',
        at: '2007-03-21 09:05',
        text: 'Could the audit form ask for the unit next to the number? Then nobody has to guess.',
        translation: {
          by: 'reviewer',
          text: 'Может быть, в форме аудита рядом с числом спрашивать и единицу? Тогда никому не придётся гадать.',
        },
      },
      {
        by: 'shcheglova',
        at: '2007-03-23 11:40',
        text: 'Добавила в форму столбец с единицей и сделала маленькую таблицу для пересчёта, она в библиотеке. Запятую и точку понимает одинаково.',
        translation: {
          by: 'reviewer',
          text: 'I have added a column for the unit to the form and made a small conversion sheet; it is in the library. It takes a comma and a point alike.',
        },
      },
    ],
  },
  {
    key: 'case-management-word',
    title: {
      en: '“Case management” in Russian: which word?',
      ru: '«Кейс-менеджмент» или «ведение случая»?',
    },
    tags: ['глоссарий', 'words'],
    anchor: { protocol: 'adh', unit: 'adh-15' },
    unread: { 'coordinator.us': 1, viewer: 1 },
    posts: [
      {
        by: 'reviewer',
        lang: 'ru',
        at: '-17 10:00',
        text: 'В наших текстах встречаются и «кейс-менеджмент», и «ведение случая», иногда в одном абзаце. Давайте договоримся об одном слове и внесём его в глоссарий. Как говорите вы?',
        translation: {
          by: 'reviewer',
          text: 'Our texts use two Russian expressions for “case management”, a borrowed one («кейс-менеджмент») and a native one («ведение случая»), sometimes in the same paragraph. Let us agree on one and put it into the glossary. Which do you use?',
        },
      },
      {
        by: 'physician.ru',
        at: '-17 12:30',
        text: 'За «ведение случая». Так написано в приказе, и это понятно без словаря. «Кейс» для меня по-прежнему чемодан.',
        translation: {
          by: 'reviewer',
          text: 'I am for «ведение случая», literally “conducting a case”. It is in the official order and needs no dictionary. A “keis”, to me, is still a suitcase.',
        },
      },
      {
        by: 'coordinator.ru',
        at: '-16 09:20',
        text: 'Медсёстры между собой говорят «кейс», и переучивать их я не возьмусь. Но в документах поддержу Дмитрия Андреевича.',
        translation: {
          by: 'reviewer',
          text: 'Among themselves the nurses say “keis”, and I will not try to change that. But in documents I agree with Dmitriy Andreevich.',
        },
      },
      {
        by: 'ryabinin',
        at: '-16 18:10',
        text: 'А мне в «ведении случая» слышится, что случай это я. В памятках для людей лучше так: «специалист, который вам помогает».',
        translation: {
          by: 'reviewer',
          text: 'And what I hear in “conducting a case” is that the case is me. In leaflets for people I would rather read “the person who helps you”.',
        },
      },
      {
        by: 'coordinator.us',
        at: '-15 11:00',
        replyTo: 4,
        text: 'Oleg has a point in English too. Our clients say “my worker”, never “my case manager”. I would keep the technical term out of leaflets in both languages.',
        translation: {
          by: 'reviewer',
          text: 'Олег прав и в отношении английского. Наши клиенты говорят my worker, и никогда my case manager. Я бы в памятках обошёлся без термина на обоих языках.',
        },
      },
      {
        by: 'reviewer',
        lang: 'ru',
        at: '-14 10:45',
        text: 'Записываю решение. В протоколах: «ведение случая». В памятках: «специалист, который вам помогает». В разговоре каждый говорит, как привык. В глоссарий внесла.',
        translation: {
          by: 'reviewer',
          text: 'The decision for the record. In protocols: «ведение случая». In leaflets: “the person who helps you”. In conversation everybody says what they are used to. It is in the glossary.',
        },
      },
    ],
  },
  {
    key: 'opioid-therapy',
    title: {
      en: 'Opioid substitution therapy: what do we do instead?',
      ru: 'Опиоидная заместительная терапия: что делаем вместо?',
    },
    tags: ['адаптация', 'adaptation'],
    anchor: { protocol: 'adh', unit: 'adh-04' },
    locked: true,
    posts: [
      {
        by: 'physician.us',
        at: '2006-05-15 10:00',
        text: 'The guideline that we are adapting recommends opioid agonist therapy alongside ART for people who inject opioids. I understand that it is not available in Russia. What does our common text say at this place?',
        translation: {
          by: 'reviewer',
          text: 'В руководстве, которое мы адаптируем, людям, употребляющим инъекционные опиоиды, вместе с АРТ рекомендуют терапию агонистами опиоидов. Насколько я понимаю, в России она недоступна. Что в этом месте скажет наш общий текст?',
        },
      },
      {
        by: 'physician.ru',
        at: '2006-05-16 09:40',
        replyTo: 1,
        text: 'Метадон и бупренорфин для лечения зависимости запрещены законом, назначить их мы не вправе. В карте адаптации ставим «неприменимо», причина: законодательство. Вопрос в том, что остаётся.',
        translation: {
          by: 'reviewer',
          text: 'By law methadone and buprenorphine may not be used to treat dependence, and we have no right to prescribe them. In the adaptation record we enter “not applicable”, reason: legislation. The question is what remains.',
        },
      },
      {
        by: 'coordinator.ru',
        at: '2006-05-16 11:15',
        text: 'Остаётся то, что мы уже делаем: не откладываем АРТ, согласуем план с наркологом, подключаем психолога и равного консультанта. И приём в удобные часы: если человек пришёл в четыре, его принимают в четыре.',
        translation: {
          by: 'reviewer',
          text: 'What remains is what we do already: we do not delay ART, we agree the plan with the addiction physician, we bring in the psychologist and a peer counsellor. And hours that suit people: somebody who comes at four is seen at four.',
        },
      },
      {
        by: 'coordinator.us',
        at: '2006-05-16 10:30',
        text: 'Those are good things, and we should write them down as they are. But I would not call them an alternative. They help people stay in care; they do not treat withdrawal.',
        translation: {
          by: 'reviewer',
          text: 'Это хорошие меры, и их нужно записать как есть. Но я бы не называл их заменой. Они помогают человеку остаться в наблюдении, но абстинентный синдром не лечат.',
        },
      },
      {
        by: 'hallett',
        at: '2006-05-17 09:10',
        text: 'Is naltrexone used? It is not the same, and it only suits people who have already been through withdrawal, but it has no important interactions with the medicines in our table.',
        translation: {
          by: 'reviewer',
          text: 'А налтрексон применяют? Это не то же самое, и подходит он только тем, кто уже прошёл через отмену опиоидов, но значимых взаимодействий с препаратами из нашей таблицы у него нет.',
        },
      },
      {
        by: 'physician.ru',
        at: '2006-05-17 18:05',
        replyTo: 5,
        text: 'Применяют, по назначению нарколога. В протокол предлагаю не вносить: решает нарколог, а мы лишь спрашиваем и записываем.',
        translation: {
          by: 'reviewer',
          text: 'It is, when an addiction physician prescribes it. I suggest leaving it out of the protocol: that is their decision, we only ask and record.',
        },
      },
      {
        by: 'ryabinin',
        at: '2006-05-18 12:20',
        text: 'Решение понимаю: закон есть закон. Но прошу записать моё несогласие. Когда в тексте этого пункта просто нет, кажется, что его и не должно быть. Пусть останется строка: рекомендовано, в России недоступно.',
        translation: {
          by: 'reviewer',
          text: 'I understand the decision: the law is the law. But please record that I disagree. If the text is simply silent, it looks as if there were nothing to say. Let one line remain: recommended, not available in Russia.',
        },
      },
      {
        by: 'physician.us',
        at: '2006-05-18 09:30',
        text: 'I agree with Oleg. The adaptation record is the honest place for it: the original wording stays visible, with “not applicable” and the reason beside it. Nobody is asked to do what they may not do, and nobody rewrites the evidence.',
        translation: {
          by: 'reviewer',
          text: 'Согласна с Олегом. Честнее всего сказать об этом в карте адаптации: исходная формулировка остаётся на виду, рядом «неприменимо» и причина. Никого не просят делать то, чего нельзя, и никто не переписывает доказательства.',
        },
      },
      {
        by: 'physician.ru',
        at: '2006-05-19 10:10',
        text: 'Не возражаю. Тогда в самом протоколе пишем главное: активное употребление не повод откладывать АРТ.',
        translation: {
          by: 'reviewer',
          text: 'No objection. Then the protocol itself says what matters most: active drug use is not a reason to delay ART.',
        },
      },
      {
        by: 'coordinator.ru',
        at: '2006-05-22 09:00',
        text: 'Итог. 1. Рекомендация неприменима: в России запрещена законом. 2. Исходный текст и причина остаются в карте адаптации. 3. В протоколе: не откладывать АРТ, план согласовать с наркологом, психолог и равный консультант. 4. Особое мнение Олега Рябинина и Томаса Окафора записано. Обсуждение закрываю.',
        translation: {
          by: 'reviewer',
          text: 'Outcome. 1. The recommendation is not applicable: prohibited by law in Russia. 2. The original text and the reason stay in the adaptation record. 3. In the protocol: do not delay ART, agree the plan with the addiction physician, psychologist and peer counsellor. 4. The dissenting views of Oleg Ryabinin and Thomas Okafor are recorded. I am closing the discussion.',
        },
      },
    ],
  },
  {
    key: 'word-contingent',
    title: {
      en: 'The word “contingent”',
      ru: 'О слове «контингент»',
    },
    tags: ['глоссарий', 'стигма'],
    unread: { 'physician.us': 1, 'coordinator.us': 2, reviewer: 1 },
    posts: [
      {
        by: 'ryabinin',
        at: '-13 13:15',
        text: 'В черновике отчёта дважды написано «контингент». Я знаю, что никто не хотел обидеть. Но контингент бывает войск. Я человек, живу с ВИЧ, и читать про себя такое неприятно. Можно заменить?',
        translation: {
          by: 'reviewer',
          text: 'The draft report says «контингент» twice. I know that nobody meant to offend. But a contingent is something troops have. I am a person living with HIV, and it is unpleasant to read that about myself. Could it be replaced?',
        },
      },
      {
        by: 'physician.ru',
        at: '-13 16:30',
        replyTo: 1,
        text: 'Олег, это слово из названия государственной формы: «Сведения о контингентах больных ВИЧ-инфекцией». Название мы изменить не можем. В остальном тексте вы правы, оттуда оно перекочевало по привычке.',
        translation: {
          by: 'reviewer',
          text: 'Oleg, the word comes from the title of a state form, “Data on contingents of patients with HIV infection”. We cannot change the title. Elsewhere you are right: it has crept in out of habit.',
        },
      },
      {
        by: 'physician.us',
        at: '-12 10:10',
        text: 'We have our own: I still hear “defaulter” and “non-compliant” on rounds. Thank you for raising it, @{ryabinin}. It is easier to mend both languages at once.',
        translation: {
          by: 'reviewer',
          text: 'У нас есть свои: на обходах я до сих пор слышу defaulter («уклоняющийся») и non-compliant («недисциплинированный»). Спасибо, что сказали об этом, Олег. Проще исправить сразу оба языка.',
        },
      },
      {
        by: 'reviewer',
        lang: 'ru',
        at: '-11 11:20',
        text: 'Предлагаю так. Название формы приводим в кавычках. Во всём остальном: «пациенты», «люди, живущие с ВИЧ». В глоссарии это уже предпочтительный вариант. В отчёте исправила в двух местах.',
        translation: {
          by: 'reviewer',
          text: 'I suggest this. The title of the form stays, in quotation marks. Everywhere else: “patients”, “people living with HIV”, which the glossary already prefers. I have corrected both places in the report.',
        },
      },
      {
        by: 'ryabinin',
        at: '-11 19:05',
        replyTo: 4,
        text: 'Спасибо. Вроде бы мелочь, а читать стало легче.',
      },
    ],
  },
  {
    key: 'tst-igra',
    title: { en: 'Tuberculin skin test or IGRA?', ru: 'Проба Манту или IGRA?' },
    tags: ['tb', 'туберкулёз'],
    anchor: { protocol: 'art1', unit: 'art1-13' },
    posts: [
      {
        by: 'physician.us',
        at: '-33 10:20',
        text: 'Before preventive treatment we use an IGRA, because the patient does not have to come back. What do you use, and from what size of reaction do you call the skin test positive?',
        translation: {
          by: 'reviewer',
          text: 'Перед профилактическим лечением мы делаем IGRA: пациенту не нужно приходить второй раз. А что делаете вы, и с какого размера считаете пробу Манту положительной?',
        },
      },
      {
        by: 'physician.ru',
        at: '-32 09:45',
        replyTo: 1,
        text: 'Пробу Манту с 2 ТЕ, при ВИЧ-инфекции положительной считаем папулу от 5 мм. IGRA в городе делают только в одной лаборатории, и платно. При низком количестве CD4 отрицательная проба нас не успокаивает.',
        translation: {
          by: 'reviewer',
          text: 'The Mantoux test with 2 TU; with HIV we call an induration of 5 mm or more positive. Only one laboratory in the city does IGRA, and patients pay for it. With a low CD4 count a negative test does not reassure us.',
        },
      },
      {
        by: 'hallett',
        at: '-32 11:00',
        text: 'A question about units: you write 2 TU and our vial says 5 TU. Is yours a weaker test?',
        translation: {
          by: 'reviewer',
          text: 'Вопрос про единицы: вы пишете 2 ТЕ, а на нашем флаконе 5 TU. Ваша проба слабее?',
        },
      },
      {
        by: 'physician.ru',
        at: '-31 10:15',
        replyTo: 3,
        text: 'Нет, препараты туберкулина разные, и единицы у них свои. Дозы считают сопоставимыми, сравнивать цифры на флаконах нельзя.',
        translation: {
          by: 'reviewer',
          text: 'No: they are different tuberculins, each with units of its own. The doses are held to be comparable; the numbers on the vials are not.',
        },
      },
      {
        by: 'physician.us',
        at: '-30 09:30',
        text: 'Then the protocol should not name a test at all: “a test for TB infection, as available”. The four questions come first anyway.',
        translation: {
          by: 'reviewer',
          text: 'Тогда в протоколе не стоит называть конкретный тест: «исследование на туберкулёзную инфекцию, какое доступно». Четыре вопроса всё равно идут первыми.',
        },
      },
    ],
  },
  {
    key: 'may-visit',
    title: {
      en: 'May visit: the visas are late',
      ru: 'Майский визит: задерживаются визы',
    },
    tags: ['обмен', 'travel'],
    posts: [
      {
        by: 'coordinator.us',
        at: '2008-04-10 09:30',
        text: 'Three of us are to fly on 12 May, and the consulate still has no invitation on file. Grace has leave booked and Priya’s clinic is closed for that week. Where is it stuck?',
        translation: {
          by: 'reviewer',
          text: 'Втроём вылетаем 12 мая, а в консульстве до сих пор нет приглашения. Грейс уже взяла отпуск, приём Прии на эту неделю закрыт. Где оно застряло?',
        },
      },
      {
        by: 'coordinator.ru',
        at: '2008-04-11 10:05',
        replyTo: 1,
        text: 'Томас, приглашение подписано 3 апреля, его оформляют в миграционной службе. Там не хватило копии одного паспорта: страница с фотографией обрезана. Пришлите, пожалуйста, заново, только не сюда, а в отдел кадров центра.',
        translation: {
          by: 'reviewer',
          text: 'Thomas, the invitation was signed on 3 April and is with the migration service. One passport copy is not good enough: the photograph page is cut off. Please send it again, to our personnel office and not here.',
        },
      },
      {
        by: 'hallett',
        at: '2008-04-11 09:10',
        text: 'It was mine. Sent to the personnel office an hour ago, the whole page this time.',
        translation: {
          by: 'reviewer',
          text: 'Это был мой паспорт. Час назад отправила в отдел кадров, теперь страница целиком.',
        },
      },
      {
        by: 'coordinator.ru',
        at: '2008-04-15 12:20',
        text: 'Получили, передали. Обещают за десять рабочих дней, но впереди майские праздники: с 1 по 4 и с 9 по 11 мая никто не работает. Кто что делает:\n\n1. Я звоню в миграционную службу 24 апреля.\n2. Томас уточняет в консульстве срочное оформление.\n3. Марина готовит запасную программу на 26 мая.',
        translation: {
          by: 'reviewer',
          text: 'Received and passed on. They promise ten working days, but the May holidays are ahead: nobody works from 1 to 4 and from 9 to 11 May. Who does what:\n\n1. I call the migration service on 24 April.\n2. Thomas asks the consulate about urgent processing.\n3. Marina prepares a fallback programme for 26 May.',
        },
      },
      {
        by: 'coordinator.us',
        at: '2008-04-16 09:00',
        text: 'Urgent processing takes three days once the invitation is there. I had not known about the second holiday. It goes into our calendar now.',
        translation: {
          by: 'reviewer',
          text: 'Срочное оформление занимает три дня с момента, когда приглашение у них. О вторых праздниках я не знал. Теперь они в нашем календаре.',
        },
      },
      {
        by: 'shcheglova',
        at: '2008-04-18 15:30',
        text: 'Запасная программа готова: те же встречи, только занятие в поликлинике № 12 переносится на вечер вторника. Билеты пока не меняйте.',
        translation: {
          by: 'reviewer',
          text: 'The fallback programme is ready: the same meetings, only the session at Polyclinic No. 12 moves to Tuesday evening. Do not change the tickets yet.',
        },
      },
      {
        by: 'coordinator.ru',
        at: '2008-04-28 11:45',
        text: 'Приглашение готово, оригинал ушёл курьерской почтой, номер у Томаса. Успеваем!',
        translation: {
          by: 'reviewer',
          text: 'The invitation is ready, the original has gone by courier, Thomas has the number. We shall make it!',
        },
      },
      {
        by: 'coordinator.us',
        at: '2008-05-07 16:10',
        text: 'Visas in hand, all three. See you on the 13th. Grace is bringing the pill boxes.',
        translation: {
          by: 'reviewer',
          text: 'Все три визы на руках. До встречи 13-го. Грейс везёт таблетницы.',
        },
      },
    ],
  },
  {
    key: 'donor-question',
    title: {
      en: 'A question from the donor: patients on treatment, people trained',
      ru: 'Вопрос донора: сколько пациентов на лечении и сколько обученных',
    },
    tags: ['отчёт', 'figures'],
    anchor: { protocol: 'art1', unit: 'art1-29' },
    posts: [
      {
        by: 'coordinator.us',
        at: '2008-06-09 09:40',
        text: 'The programme officer needs three numbers by Friday: patients on ART at the pilot sites, the share of primary-level infectious disease specialists trained, and how many people with HIV are registered in Russia. One line each, with the source.',
        translation: {
          by: 'reviewer',
          text: 'Куратору программы к пятнице нужны три числа: сколько пациентов получают АРТ на пилотных площадках, какая доля инфекционистов первичного звена обучена и сколько людей с ВИЧ зарегистрировано в России. По строке на каждое, с источником.',
        },
      },
      {
        by: 'shcheglova',
        at: '2008-06-10 11:20',
        replyTo: 1,
        text: 'Всё есть в обзоре Американского международного союза здравоохранения о партнёрствах по ВИЧ/СПИДу в России:\n\nна май 2008 года АРТ на двух пилотных площадках получают более 3500 пациентов;\nобучены 100 % инфекционистов первичного звена;\nв стране зарегистрировано более 403 000 человек с ВИЧ.',
        translation: {
          by: 'reviewer',
          text: 'All three are in the American International Health Alliance’s brief on its HIV/AIDS twinning partnerships in Russia:\n\nas of May 2008 more than 3,500 patients are on ART at two pilot sites;\n100 percent of primary-level infectious disease specialists have been trained;\nmore than 403,000 people with HIV are registered in the country.',
        },
      },
      {
        by: 'coordinator.us',
        at: '2008-06-10 09:15',
        text: 'Perfect, thank you. Is the first one ours alone?',
        translation: { by: 'reviewer', text: 'Отлично, спасибо. А первое число только наше?' },
      },
      {
        by: 'physician.ru',
        at: '2008-06-11 10:00',
        replyTo: 3,
        text: 'Нет, это две площадки вместе, вторая в Оренбурге. Так и напишите, иначе через год нас спросят, куда делись пациенты.',
        translation: {
          by: 'reviewer',
          text: 'No, it is both sites together; the other one is Orenburg. Please say so, or in a year they will ask us where the patients have gone.',
        },
      },
      {
        by: 'coordinator.us',
        at: '2008-06-11 10:30',
        text: 'Done: “two pilot sites together, May 2008, source: AIHA brief”. @{viewer}, these are now in the fact sheet in the library, so that next time nobody has to ask.',
        translation: {
          by: 'reviewer',
          text: 'Готово: «две пилотные площадки вместе, май 2008 года, источник: обзор АМСЗ». Эллен, эти числа теперь есть в справке в библиотеке, в следующий раз никому не придётся спрашивать.',
        },
      },
    ],
  },
  {
    key: 'thanks-polyclinic',
    title: {
      en: 'Thank you, Polyclinic No. 12',
      ru: 'Спасибо поликлинике № 12',
    },
    tags: ['спасибо'],
    unread: { 'coordinator.ru': 1, 'physician.ru': 1, viewer: 1 },
    posts: [
      {
        by: 'coordinator.us',
        at: '-8 09:20',
        text: 'Last month at Polyclinic No. 12 every one of the 31 patients who missed a visit was called, and 27 came back. Nobody here has ever had a month like that. Please tell the nurses.',
        translation: {
          by: 'reviewer',
          text: 'В прошлом месяце в поликлинике № 12 обзвонили всех, кто пропустил визит: 31 человека, и 27 вернулись. У нас такого месяца не было ни разу. Передайте, пожалуйста, медсёстрам.',
        },
      },
      {
        by: 'coordinator.ru',
        at: '-7 09:05',
        replyTo: 1,
        text: 'Прочитала вслух на планёрке. Сначала тишина, потом аплодисменты. Старшая сестра попросила распечатать.',
        translation: {
          by: 'reviewer',
          text: 'I read it out at the morning meeting. First silence, then applause. The head nurse asked for a printout.',
        },
      },
      {
        by: 'physician.us',
        at: '-7 08:50',
        text: 'Print it large. And ask them what they did differently; I want to copy it.',
        translation: {
          by: 'reviewer',
          text: 'Распечатайте покрупнее. И спросите, что они сделали иначе, я хочу это перенять.',
        },
      },
      {
        by: 'coordinator.ru',
        at: '-6 12:40',
        replyTo: 3,
        text: 'Спросила. Говорят: «Ничего особенного. Звоним утром и не ругаем».',
        translation: {
          by: 'reviewer',
          text: 'I asked. They say: “Nothing special. We call in the morning, and we do not scold.”',
        },
      },
      {
        by: 'hallett',
        at: '-1 09:05',
        replyTo: 4,
        text: 'That goes on the wall of our pharmacy.',
        translation: { by: 'reviewer', text: 'Это я повешу на стену в нашей аптеке.' },
      },
    ],
  },
  {
    key: 'night-call',
    title: {
      en: 'The family leaflet: whom to call at night',
      ru: 'Памятка для семьи: кому звонить ночью',
    },
    tags: ['паллиативная помощь'],
    anchor: { protocol: 'pal', unit: 'pal-24' },
    unread: { 'coordinator.us': 1, 'physician.us': 1 },
    posts: [
      {
        by: 'coordinator.ru',
        at: '-14 10:20',
        text: 'Этот абзац пока только на русском. Вопрос к Нью-Хейвену: что вы пишете семье про ночь? У нас ночью работает лишь скорая помощь, а она по поводу боли едет не всегда.',
        translation: {
          by: 'reviewer',
          text: 'This paragraph exists in Russian only so far. A question for New Haven: what do you tell the family about the night? At night we only have the ambulance service, and it does not always come for pain.',
        },
      },
      {
        by: 'hallett',
        at: '-12 09:30',
        replyTo: 1,
        text: 'Our hospice nurses have a night line and a page on the fridge with three steps. I will ask them for the wording and come back to you.',
        translation: {
          by: 'reviewer',
          text: 'У медсестёр нашего хосписа есть ночной телефон, а у семьи листок на холодильнике с тремя шагами. Узнаю у них точные слова и напишу.',
        },
      },
      {
        by: 'coordinator.ru',
        at: '-9 09:50',
        replyTo: 2,
        text: '@{hallett}, спасибо! Очень ждём эти три шага. Если получится, спросите ещё, кто отвечает по ночному телефону: врач или медсестра. Хотим попробовать то же силами двух дежурных медсестёр.',
        request: {
          by: 'hallett',
          at: '-9 10:30',
          note: 'I would like to show this to our hospice nurses.',
        },
      },
    ],
  },
  {
    key: 'rifampicin-two-weeks',
    title: {
      en: 'Dolutegravir after rifampicin: why two more weeks?',
      ru: 'Долутегравир после рифампицина: почему ещё две недели?',
    },
    tags: ['interactions', 'туберкулёз'],
    anchor: { protocol: 'adh', unit: 'adh-26' },
    unread: { 'physician.us': 1 },
    posts: [
      {
        by: 'hallett',
        at: '-4 14:10',
        text: 'The Russian warning now says “and for 2 more weeks after it”. The English one does not. @{physician.ru}, is that a correction or a local rule?',
        translation: {
          by: 'reviewer',
          text: 'В русском предупреждении теперь есть слова «и ещё 2 недели после него», в английском их нет. Дмитрий Андреевич, это исправление или местное правило?',
        },
      },
      {
        by: 'physician.ru',
        at: '-3 09:35',
        replyTo: 1,
        text: 'Исправление. После отмены рифампицина его действие на печёночные ферменты проходит не сразу, поэтому двойную частоту сохраняем ещё на две недели. Я дописал это в русский текст и не отметил.',
        translation: {
          by: 'reviewer',
          text: 'A correction. When rifampicin is stopped, its effect on the liver enzymes does not go at once, so we keep the twice-daily dose for two more weeks. I added it to the Russian text and forgot to say so.',
        },
      },
      {
        by: 'hallett',
        at: '-3 10:45',
        replyTo: 2,
        text: 'That is right, and it is what our references say too. I will bring the English line up to date.',
        translation: {
          by: 'reviewer',
          text: 'Верно, так и в наших справочниках. Я обновлю английскую строку.',
        },
      },
      {
        by: 'hallett',
        at: '-1 10:15',
        text: '@{physician.us}, before I change it: do you want the two weeks in the warning itself, or in the dose table as well?',
      },
    ],
  },
]
