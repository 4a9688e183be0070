import type { DemoThread } from '../types'

export const threads: readonly DemoThread[] = [
  {
    key: 'tlt-three-days',
    title: {
      en: 'Three days to the AIDS centre',
      ru: 'Три дня до центра СПИД',
    },
    tags: ['pmtct', 'сроки'],
    anchor: { protocol: 'pmtct', unit: 'pmtct-04' },
    posts: [
      {
        by: 'dubois',
        at: '-4 10:00',
        text: 'I have changed “within a week” to “within 3 days”. With a positive test at 30 weeks every day counts. Can the women’s consultation make the appointment while the woman is still in the room?',
        translation: {
          by: 'savelyeva',
          text: 'Я заменила «в течение недели» на «в течение 3 дней». При положительном тесте в 30 недель дорог каждый день. Может ли женская консультация записать женщину на приём, пока она ещё в кабинете?',
        },
      },
      {
        by: 'maslova',
        at: '-3 11:30',
        replyTo: 1,
        text: 'Может: регистратура центра СПИД отвечает до шести. Но в день, когда женщина узнаёт о диагнозе, не каждая готова ехать. Лучше записать на следующий день и проводить её.',
        translation: {
          by: 'savelyeva',
          text: 'It can: the desk of the AIDS centre answers until six. But on the day a woman learns her diagnosis not everyone is ready to go. It is better to book the next day and to go with her.',
        },
      },
      {
        by: 'kim',
        at: '-3 14:10',
        text: 'Проводить могу я, по вторникам и четвергам. В другие дни поедет Павел Николаевич или медсестра.',
        translation: {
          by: 'savelyeva',
          text: 'I can go along on Tuesdays and Thursdays. On other days it will be Pavel Nikolaevich or the nurse.',
        },
      },
      {
        by: 'almeida',
        at: '-2 09:40',
        text: 'In Providence the person who goes along also carries the bus fare. It sounds small. It is the reason why people arrive.',
        translation: {
          by: 'savelyeva',
          text: 'В Провиденсе у того, кто провожает, есть и деньги на автобус. Кажется, мелочь, но именно поэтому люди доезжают.',
        },
      },
      {
        by: 'gordeyev',
        at: '-1 10:50',
        text: 'Три дня реальны. Обновлю русский текст сегодня. @{dubois}, спасибо, что объяснили, почему.',
      },
    ],
  },
  {
    key: 'tlt-night-test',
    title: {
      en: 'Rapid test at night: who reads it?',
      ru: 'Экспресс-тест ночью: кто читает результат?',
    },
    tags: ['роды', 'laboratory'],
    anchor: { protocol: 'pmtct', unit: 'pmtct-07' },
    posts: [
      {
        by: 'whitman',
        at: '-16 09:25',
        text: 'The warning says “at once, day or night”. Who does the test at three in the morning: the midwife or the laboratory?',
        translation: {
          by: 'savelyeva',
          text: 'В предупреждении сказано «сразу, в любое время суток». Кто делает тест в три часа ночи: акушерка или лаборатория?',
        },
      },
      {
        by: 'maslova',
        at: '-15 10:10',
        replyTo: 1,
        text: 'Акушерка: ночью лаборатория закрыта. Результат смотрят двое, акушерка и дежурный врач, оба расписываются. Утром кровь уходит на подтверждение.',
        translation: {
          by: 'savelyeva',
          text: 'The midwife: the laboratory is closed at night. Two people read the result, the midwife and the physician on duty, and both sign. In the morning blood goes for confirmation.',
        },
      },
      {
        by: 'whitman',
        at: '-15 08:50',
        text: 'Two readers and two signatures: that would fit into our night book as well. Thank you, we are taking it over.',
        translation: {
          by: 'savelyeva',
          text: 'Двое смотрят, двое расписываются: нашему ночному журналу это тоже подойдёт. Спасибо, перенимаем.',
        },
      },
    ],
  },
]
