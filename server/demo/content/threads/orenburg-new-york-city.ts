import type { DemoThread } from '../types'

export const threads: readonly DemoThread[] = [
  {
    key: 'orb-isoniazid',
    title: {
      en: 'No isoniazid until the end of the month',
      ru: 'Изониазида не будет до конца месяца',
    },
    tags: ['поставки', 'stock-out'],
    anchor: { protocol: 'tb', unit: 'tb-16' },
    posts: [
      {
        by: 'galiyev',
        at: '-7 11:10',
        text: 'Изониазида на складе осталось на одиннадцать курсов, поставка ожидается в конце месяца. Начатые курсы не прерываем, новые откладываем. Мигель, как вы поступаете, когда препарата на всех не хватает?',
        translation: {
          by: 'nurieva',
          text: 'We have isoniazid left for eleven courses; the next delivery is due at the end of the month. Courses that have begun go on, new ones wait. Miguel, what do you do when there is not enough for everybody?',
        },
      },
      {
        by: 'ortega',
        at: '-6 09:00',
        replyTo: 1,
        text: 'The same order as yours: finish what was begun. Then household contacts and people with low CD4 counts first. And a waiting list with dates, so that nobody is forgotten when the boxes arrive.',
        translation: {
          by: 'nurieva',
          text: 'В том же порядке: сначала закончить начатое. Затем в первую очередь те, у кого дома больной туберкулёзом, и те, у кого низкое количество CD4. И лист ожидания с датами, чтобы никого не забыть, когда коробки придут.',
        },
      },
      {
        by: 'chernova',
        at: '-5 10:25',
        text: 'Лист завели, в нём 23 человека. Каждому позвонили и объяснили, почему ждём.',
        translation: {
          by: 'nurieva',
          text: 'The list is there, with 23 people. We called each of them and explained why they have to wait.',
        },
      },
      {
        by: 'feldman',
        at: '-5 09:45',
        text: 'Please check the expiry dates when the delivery comes. After our last shortage a quarter of it had four months left.',
        request: { by: 'chernova', at: '-4 09:00' },
      },
    ],
  },
  {
    key: 'orb-xray',
    title: {
      en: 'Chest X-ray within two days or five?',
      ru: 'Рентген за два дня или за пять?',
    },
    tags: ['tb', 'сроки'],
    anchor: { protocol: 'tb', unit: 'tb-09' },
    posts: [
      {
        by: 'ortega',
        at: '-3 10:20',
        text: 'I shortened five days to two. Somebody who coughs should not sit in the corridor for a week. Is it possible in Orenburg and in Orsk?',
        translation: {
          by: 'nurieva',
          text: 'Я сократил пять дней до двух. Кто кашляет, не должен неделю сидеть в коридоре. Возможно ли это в Оренбурге и в Орске?',
        },
      },
      {
        by: 'galiyev',
        at: '-2 09:15',
        replyTo: 1,
        text: 'В Оренбурге да. В Орске рентгенолог принимает два раза в неделю, там получится от двух до четырёх дней.',
        translation: {
          by: 'nurieva',
          text: 'In Orenburg, yes. In Orsk the radiologist is there twice a week, which makes it two to four days.',
        },
      },
      {
        by: 'safina',
        lang: 'ru',
        at: '-1 12:00',
        text: 'Может быть, так: «в течение 2 дней; если это невозможно, мокроту собирают в тот же день»? Тогда ожидание снимка ничего не задерживает.',
        translation: {
          by: 'safina',
          text: 'Perhaps: “within 2 days; where that is not possible, sputum is collected the same day”? Then waiting for the X-ray holds nothing up.',
        },
      },
    ],
  },
]
