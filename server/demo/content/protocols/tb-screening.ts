import { type DemoProtocol, NOT_FOR_USE } from '../types'

export const tbScreening: DemoProtocol = {
  key: 'tb',
  title: {
    en: 'TB symptom screening at every visit',
    ru: 'Скрининг симптомов туберкулёза на каждом визите',
  },
  status: 'draft',
  createdBy: 'galiyev',
  translatedBy: 'ortega',
  reviewedBy: 'nurieva',
  editedBy: 'chernova',
  source: 'ru',
  createdOn: '2006-09-04T05:15:00Z',
  markedHoursAgo: 24 * 9,
  editedHoursAgo: 45,
  driftedAt: { 'tb-09': '-3 10:05' },
  lines: [
    NOT_FOR_USE,
    ['h2', 'Who asks, and when', 'Кто и когда спрашивает', 'reviewed'],
    [
      'p',
      'The nurse asks four questions at every visit, before the physician sees the patient.',
      'Медицинская сестра задаёт четыре вопроса на каждом визите, до осмотра врача.',
      'reviewed',
    ],
    ['ol', 'Do you have a cough now?', 'Есть ли у вас сейчас кашель?', 'reviewed'],
    ['ol', 'Have you had fever?', 'Была ли у вас лихорадка?', 'reviewed'],
    ['ol', 'Have you lost weight?', 'Снизилась ли у вас масса тела?', 'reviewed'],
    ['ol', 'Do you sweat at night?', 'Беспокоит ли вас ночная потливость?', 'reviewed'],
    ['h2', 'If any answer is yes', 'Если хотя бы один ответ «да»'],
    [
      'p',
      'Give a mask, collect sputum and arrange a chest X-ray within 2 days.',
      'Выдайте маску, соберите мокроту и назначьте рентгенографию органов грудной клетки в течение 5 дней.',
      {
        enWas: 'Give a mask, collect sputum and arrange a chest X-ray within 5 days.',
      },
    ],
    [
      'warning',
      'Do not start preventive treatment until active tuberculosis has been ruled out.',
      'Не начинайте профилактическое лечение, пока не исключён активный туберкулёз.',
      'reviewed',
    ],
    ['h2', 'If all answers are no', 'Если все ответы «нет»'],
    [
      'p',
      'Discuss TB preventive treatment and look for contraindications.',
      'Обсудите профилактическое лечение туберкулёза и уточните противопоказания.',
      'draft',
    ],
    ['th', 'Medicine | Dose | Duration', 'Препарат | Доза | Длительность'],
    [
      'tr',
      'Isoniazid | 5 mg/kg, up to 300 mg a day | 6 months',
      'Изониазид | 5 мг/кг, не более 300 мг в сутки | 6 месяцев',
    ],
    [
      'contraindication',
      'Do not give isoniazid in active hepatitis or with regular heavy alcohol use.',
      'Не назначайте изониазид при активном гепатите и регулярном употреблении больших доз алкоголя.',
    ],
    [
      'p',
      null,
      'При перебоях с поставкой изониазида сообщите координатору и внесите пациента в лист ожидания.',
    ],
    ['p', 'Repeat the four questions at the next visit, whatever the answers today.', null],
  ],
}
