import type { DemoThread } from '../types'

export const threads: readonly DemoThread[] = [
  {
    key: 'sar-long-road',
    title: {
      en: 'Clients who live two hours away',
      ru: 'Клиенты, до которых два часа дороги',
    },
    tags: ['выезды', 'outreach'],
    anchor: { protocol: 'case', unit: 'case-09' },
    unread: { stranger: 2 },
    posts: [
      {
        by: 'stranger',
        at: '-11 09:10',
        text: 'The text asks for contact every two weeks. In our county that can mean four hours on the road for twenty minutes of talk. How do you manage it in the far villages?',
        translation: {
          by: 'yermolina',
          text: 'В тексте сказано: связываться раз в две недели. В нашем округе это иногда четыре часа за рулём ради двадцати минут разговора. Как вы справляетесь с дальними сёлами?',
        },
      },
      {
        by: 'akhmetov',
        lang: 'ru',
        at: '-10 10:30',
        replyTo: 1,
        text: 'Один раз в месяц езжу сам, между поездками звоню. А ещё помогает фельдшер: если клиент согласен, она передаёт ему, что я жду звонка. Диагноз ей знать не нужно.',
        translation: {
          by: 'yermolina',
          text: 'Once a month I go myself and call in between. The village health post helps too: if the client agrees, the feldsher tells them that I am waiting for a call. She does not need to know the diagnosis.',
        },
      },
      {
        by: 'lindqvist',
        at: '-10 11:15',
        text: 'Our community health representatives could do that. Joe, shall we try it with the two families on the north road?',
        translation: {
          by: 'yermolina',
          text: 'Это могли бы делать наши общинные помощники. Джо, попробуем с двумя семьями у северной дороги?',
        },
      },
      {
        by: 'stranger',
        at: '-9 10:05',
        replyTo: 3,
        text: 'Yes, but I want to ask both families first, in person.',
        translation: {
          by: 'yermolina',
          text: 'Да, но сначала я хочу спросить обе семьи, лично.',
        },
      },
      {
        by: 'zhuravlyova',
        at: '-2 09:40',
        text: 'Правильно. У нас тоже всё началось с того, что спросили. Из девяти семей две отказались, и мы к ним ездим по-прежнему сами.',
        translation: {
          by: 'yermolina',
          text: 'Quite right. For us too it began with asking. Of nine families two said no, and we still visit them ourselves.',
        },
      },
      {
        by: 'akhmetov',
        lang: 'en',
        at: '-1 11:20',
        text: '@{stranger}, I have put our visit checklist into the library. It is one page; the last line is the most useful.',
      },
    ],
  },
  {
    key: 'sar-narcology',
    title: {
      en: 'Referral to narcology: why it stalled',
      ru: 'Направление к наркологу: почему не пошло',
    },
    tags: ['уроки', 'lessons'],
    posts: [
      {
        by: 'lindqvist',
        at: '2007-11-12 10:00',
        text: 'In the AIDS centre 81 of 100 clients have a case manager, in the narcology dispensary 33, and that number has not moved for a year. What is in the way?',
        translation: {
          by: 'yermolina',
          text: 'В центре СПИД специалист по ведению случая есть у 81 клиента из 100, в наркологическом диспансере у 33, и за год ничего не изменилось. Что мешает?',
        },
      },
      {
        by: 'lapteva',
        at: '2007-11-13 12:15',
        replyTo: 1,
        text: 'Честно: у нас нет такой ставки. Ведение случая делают по доброй воле, после приёма. И люди боятся, что сведения из диспансера уйдут дальше.',
        translation: {
          by: 'yermolina',
          text: 'Honestly: there is no such post on our staff list. Case management is done out of goodwill, after hours. And people are afraid that what the dispensary knows will travel.',
        },
      },
      {
        by: 'birch',
        at: '2007-11-13 09:30',
        text: 'Then it is not a training problem, and another workshop will not help.',
        translation: {
          by: 'yermolina',
          text: 'Значит, дело не в обучении, и ещё один семинар не поможет.',
        },
      },
      {
        by: 'zhuravlyova',
        at: '2007-11-14 10:20',
        text: 'Согласна. Записываем как урок: там, где нет ставки, модель не приживается. Просим комитет о половине ставки, а пока Тимур принимает в диспансере по четвергам.',
        translation: {
          by: 'yermolina',
          text: 'I agree. Let us record it as a lesson: where there is no post, the model does not take root. We are asking the committee for half a post; until then Timur sees clients at the dispensary on Thursdays.',
        },
      },
    ],
  },
]
