import { type DemoProtocol, NOT_FOR_USE } from '../types'

export const adherence: DemoProtocol = {
  key: 'adh',
  title: {
    en: 'ART adherence support for people who inject drugs',
    ru: 'Поддержка приверженности АРТ у людей, употребляющих инъекционные наркотики',
  },
  status: 'draft',
  createdBy: 'coordinator.ru',
  translatedBy: 'physician.ru',
  reviewedBy: 'reviewer',
  editedBy: 'physician.us',
  source: 'ru',
  createdOn: '2005-03-14T09:20:00Z',
  markedHoursAgo: 150,
  editedHoursAgo: 19,
  driftedAt: { 'adh-18': '-3 08:50', 'adh-26': '-4 12:20', 'adh-29': '-4 11:20' },
  lines: [
    NOT_FOR_USE,
    ['h2', 'Purpose', 'Цель', 'reviewed'],
    [
      'p',
      'This protocol helps a multidisciplinary team to support adherence to ART in people who inject drugs.',
      'Протокол помогает мультидисциплинарной команде поддерживать приверженность АРТ у людей, употребляющих инъекционные наркотики.',
      'reviewed',
    ],
    [
      'p',
      'Active drug use alone is **not** a reason to delay or refuse ART.',
      'Активное употребление наркотиков само по себе **не** повод откладывать АРТ или отказывать в ней.',
      'reviewed',
    ],
    ['h2', 'Preparing for treatment', 'Подготовка к лечению', 'reviewed'],
    ['h3', 'First conversation', 'Первая беседа', 'reviewed'],
    [
      'p',
      'Talk in private, without judgement and in plain words. In this order, discuss:',
      'Беседуйте наедине, без осуждения и простыми словами. По порядку обсудите:',
    ],
    [
      'li',
      'the daily routine and the best time to take tablets;',
      'распорядок дня и удобное время приёма таблеток;',
    ],
    [
      'li',
      'alcohol and drug use, including recent overdoses;',
      'употребление алкоголя и наркотиков, в том числе недавние передозировки;',
    ],
    [
      'li',
      'housing, food, and who can remind the patient about tablets.',
      'жильё, питание и кто может напоминать о приёме.',
    ],
    ['h3', 'Individual plan', 'Индивидуальный план'],
    [
      'p',
      'Write the plan together: the time of taking, the reminder, the person to call. Give the patient a copy.',
      'Составьте план вместе: время приёма, способ напоминания, кому звонить. Отдайте копию пациенту.',
    ],
    [
      'p',
      null,
      'Если пациент наблюдается у нарколога, с его согласия согласуйте план с лечащим врачом.',
    ],
    ['h2', 'Support after a missed dose', 'Поддержка после пропуска приёма', 'reviewed'],
    [
      'p',
      'Ask about missed doses at every visit, without blame. Use the same three questions each time. Record the answer in the case-management card.',
      'Спрашивайте о пропусках на каждом визите, без осуждения. Каждый раз задавайте одни и те же три вопроса. Запишите ответ в карту ведения случая.',
      'reviewed',
    ],
    [
      'p',
      'Explain: take a missed dose as soon as it is remembered; if the next one is almost due, skip it. Never take a double dose.',
      'Объясните: пропущенную дозу принимают сразу, как вспомнили; если почти подошло время следующей, её не принимают. Двойную дозу принимать нельзя.',
      'reviewed',
    ],
    [
      'p',
      'After a single missed dose find the cause and change the reminder.',
      'После одного пропуска выясните причину и измените способ напоминания.',
      'draft',
    ],
    [
      'p',
      'If two or more doses were missed in a week, call within 48 hours and review at 2 weeks, then monthly.',
      'Если за неделю пропущено два приёма и более, позвоните в течение 48 часов и осмотрите через 4 недели, далее ежемесячно.',
      {
        enWas:
          'If two or more doses were missed in a week, call within 48 hours and review at 4 weeks, then monthly.',
      },
    ],
    ['th', 'Medicine | Dose | How often', 'Препарат | Доза | Как часто'],
    ['tr', 'Co-trimoxazole | 960 mg | once daily', 'Ко-тримоксазол | 960 мг | 1 раз в сутки'],
    ['tr', 'Dolutegravir | 50 mg | once daily', 'Долутегравир | 50 мг | 1 раз в сутки'],
    ['p', 'Offer a peer counsellor the same day. Agree who calls, and when.', null],
    [
      'p',
      'Do not stop prophylaxis because of missed ART doses.',
      'Не прекращайте профилактику из-за пропусков АРТ.',
    ],
    ['h2', 'Safety', 'Безопасность', 'reviewed'],
    [
      'contraindication',
      'In severe depression or psychosis do not prescribe efavirenz: choose another medicine.',
      'При тяжёлой депрессии или психозе не назначайте эфавиренз: выберите другой препарат.',
      'reviewed',
    ],
    [
      'warning',
      'Rifampicin lowers the level of dolutegravir. During TB treatment give dolutegravir 50 mg twice daily.',
      'Рифампицин снижает концентрацию долутегравира. Во время лечения туберкулёза и ещё 2 недели после него назначайте долутегравир по 50 мг два раза в сутки.',
      {
        ruWas:
          'Рифампицин снижает концентрацию долутегравира. Во время лечения туберкулёза назначайте долутегравир по 50 мг два раза в сутки.',
      },
    ],
    [
      'p',
      'Check every new medicine: [HIV drug interactions](https://www.hiv-druginteractions.org/).',
      'Проверяйте каждый новый препарат: [лекарственные взаимодействия при ВИЧ](https://www.hiv-druginteractions.org/).',
    ],
    ['h2', 'Team', 'Команда'],
    [
      'p',
      'After a missed visit the case manager calls on the next working day and again on day 7.',
      'После пропущенного визита специалист по ведению случая звонит в течение 3 рабочих дней и повторно на 7-й день.',
      {
        enWas:
          'After a missed visit the case manager calls within 3 working days and again on day 7.',
      },
    ],
    [
      'p',
      'A peer counsellor may come along to the first visits if the patient agrees.',
      'Равный консультант может сопровождать пациента на первых визитах, если тот согласен.',
      'draft',
    ],
    [
      'p',
      null,
      'В первые 3 месяца психолог проводит мотивационное консультирование не реже одного раза в месяц.',
    ],
    [
      'note',
      'More: [WHO consolidated guidelines on HIV, 2021](https://www.who.int/publications/i/item/9789240031593).',
      'Подробнее: [сводное руководство ВОЗ по ВИЧ, 2021](https://www.who.int/publications/i/item/9789240031593).',
    ],
  ],
}
