import { type DemoProtocol, NOT_FOR_USE } from '../types'

export const pmtct: DemoProtocol = {
  key: 'pmtct',
  title: {
    en: 'Preventing mother-to-child transmission: the city pathway',
    ru: 'Профилактика передачи ВИЧ от матери ребёнку: маршрут в городе',
  },
  status: 'draft',
  createdBy: 'maslova',
  translatedBy: 'gordeyev',
  reviewedBy: 'savelyeva',
  editedBy: 'dubois',
  source: 'en',
  createdOn: '2005-04-18T06:00:00Z',
  markedHoursAgo: 24 * 6,
  editedHoursAgo: 26,
  driftedAt: { 'pmtct-04': '-4 09:50' },
  lines: [
    NOT_FOR_USE,
    ['h2', 'Antenatal care', 'Дородовая помощь', 'reviewed'],
    [
      'p',
      'Offer an HIV test at the first visit and again at 30 weeks.',
      'Предложите тест на ВИЧ при первом обращении и повторно в 30 недель.',
      'reviewed',
    ],
    [
      'p',
      'If the test is positive, see the woman at the AIDS centre within 3 days and start ART without waiting for the CD4 count.',
      'При положительном результате пригласите женщину в центр СПИД в течение недели и начните АРТ, не дожидаясь количества клеток CD4.',
      {
        enWas:
          'If the test is positive, see the woman at the AIDS centre within a week and start ART without waiting for the CD4 count.',
      },
    ],
    [
      'p',
      'Measure viral load at 34–36 weeks: the plan for delivery depends on it.',
      'Определите вирусную нагрузку в 34–36 недель: от неё зависит план родоразрешения.',
      'reviewed',
    ],
    ['h2', 'Delivery', 'Роды', 'reviewed'],
    [
      'warning',
      'HIV status unknown on admission: do a rapid test at once, day or night.',
      'ВИЧ-статус при поступлении неизвестен: сразу проведите экспресс-тест в любое время суток.',
      'reviewed',
    ],
    [
      'p',
      'Continue the mother’s ART through labour; do not miss a dose.',
      'Во время родов мать продолжает АРТ; пропускать приём нельзя.',
    ],
    ['h2', 'Newborn', 'Новорождённый'],
    [
      'p',
      'Give the first dose of prophylaxis within 6 hours of birth.',
      'Первую дозу профилактики дайте в первые 6 часов жизни.',
      'reviewed',
    ],
    ['th', 'Medicine | Dose | How often', 'Препарат | Доза | Как часто'],
    [
      'tr',
      'Zidovudine syrup | 4 mg/kg | every 12 hours',
      'Зидовудин, сироп | 4 мг/кг | каждые 12 часов',
    ],
    [
      'p',
      'Formula is given free of charge; show the mother how to prepare it.',
      'Молочную смесь выдают бесплатно; покажите матери, как её готовить.',
      'draft',
    ],
    ['p', 'Test the infant by PCR at 4–6 weeks and again at 4 months.', null],
    ['note', null, 'Социальный работник навещает семью в первую неделю после выписки.'],
  ],
}
