const list = (words: string) => words.trim().split(/\s+/)

/** Common given names, in the cases that stand before a family name. Invented people have them too. */
export const GIVEN: ReadonlySet<string> = new Set(
  list(`
  james john robert michael william david richard joseph thomas charles christopher daniel matthew
  anthony mark donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason
  jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel
  gregory frank alexander patrick raymond jack dennis jerry tyler aaron jose adam nathan henry peter
  mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret
  sandra ashley kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca
  sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha
  katherine christine rachel carolyn janet maria heather diane ruth julie olivia joyce virginia jane
  ivan petr pyotr sergey sergei alexey aleksey dmitry dmitri andrey nikolay nikolai vladimir mikhail
  olga elena irina natalia svetlana tatiana ekaterina marina ludmila galina
  иван ивана ивану петр пётр петра петру сергей сергея сергею алексей алексея алексею дмитрий дмитрия
  дмитрию андрей андрея андрею николай николая николаю владимир владимира владимиру михаил михаила
  михаилу александр александра александру александре александры евгений евгения евгению евгении
  виктор виктора виктору игорь игоря игорю олег олега олегу юрий юрия юрию павел павла павлу роман
  романа роману антон антона антону максим максима максиму денис дениса денису артём артем артёма
  кирилл кирилла илья ильи илье василий василия василию григорий григория борис бориса борису
  константин константина вадим вадима руслан руслана тимур тимура рустам рустама
  анна анны анне анну мария марии марию елена елены елене елену ольга ольги ольге ольгу наталья натальи
  наталье наталью наталия ирина ирины ирине ирину татьяна татьяны татьяне татьяну светлана светланы
  светлане светлану екатерина екатерины екатерине екатерину людмила людмилы галина галины галине нина
  нины нине нину валентина валентины марина марины марине марину надежда надежды вера веры юлия юлии
  юлию ксения ксении дарья дарьи полина полины алина алины вероника вероники софья софьи лариса ларисы
  любовь зинаида зинаиды тамара тамары оксана оксаны`),
)

/**
 * Words that begin with a capital and are no names: how sentences, headings and institutions begin.
 * In lower case; a word that is missing here costs a warning that is put aside, never a text.
 */
export const NOT_NAMES: ReadonlySet<string> = new Set(
  list(`
  a an the and or of for to in on at by with from as is are was were if when where which who that this
  these those all any each every no not note see use give take start stop check ask call day days week
  weeks month months year years age aged he she it they we you his her its their our your my
  patient patients client clients pt pts baby infant infants child children mother mothers woman women
  man men male female newborn neonate adult adults person people name full born birth date dob dr doctor
  prof professor nurse physician mr mrs ms miss sir
  hiv aids tb art arv arvs cd4 pcr dna rna mdr xdr who cdc moh pmtct prep pep haart opd icu er id ids
  mrn ssn snils oms passport policy phone tel telephone mobile fax cell contact email e-mail record
  records number medical chart file case cases no nos series address street avenue road city state
  hospital hospitals clinic clinics center centre centers centres institute university college school
  department division ministry health healthcare care service services unit ward office laboratory lab
  federal national regional state city district public international saint st new york haven boston
  united states russia russian federation american african early late first second third line protocol
  protocols guideline guidelines order standard appendix table figure section chapter step phase version
  draft study trial program programme project plan team group committee board council foundation
  january february march april may june july august september october november december jan feb mar apr
  jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday
  treatment therapy prophylaxis diagnosis testing test screening dose dosing regimen follow visit
  palliative adherence counseling counselling management breast feeding breastfeeding
  и в во на с со из к ко по о об от до за для при без под над не ни но а или что как если когда где это
  эта этот эти тот та те он она они оно мы вы ты я его её ее их наш ваш мой мне нам вам
  пациент пациента пациенту пациентом пациенте пациенты пациентов пациентка пациентки пациентке
  пациентку больной больная больного больной больному больную больные больных клиент клиента клиенту
  ребёнок ребенок ребёнка ребенка ребёнку ребенку дети мать матери новорождённый новорожденный
  новорождённая женщина женщины мужчина мужчины фио имя фамилия отчество дата рождения родился родилась
  дедушка бабушка отец сын дочь муж жена
  доктор врач врача врачу медсестра медсестры фельдшер профессор проф академик заведующий заведующая
  снилс паспорт паспорта паспортные полис полиса омс енп телефон тел моб номер серия карта карты история
  истории болезни амбулаторная медицинская медицинской выдан адрес улица ул город дом кв
  вич спид тб туберкулёз туберкулез арт арвт арв пцр днк рнк воз мз рф минздрав минздрава ппмр пвп
  больница больницы больнице поликлиника клиника центр центра центре институт университет отделение
  кафедра министерство министерства здравоохранения федерации российской россия россии москва москвы
  санкт-петербург петербург петербурга оренбург саратов тольятти регистратура приёмная горячая линия
  приказ приказа приказом постановление письмо стандарт протокол протокола рекомендации приложение таблица
  рисунок раздел глава шаг этап версия проект план группа комитет совет фонд программа
  январь января февраль февраля март марта апрель апреля май мая июнь июня июль июля август августа
  сентябрь сентября октябрь октября ноябрь ноября декабрь декабря понедельник вторник среда четверг
  пятница суббота воскресенье сегодня вчера завтра приём прием осмотр визит лечение терапия
  профилактика диагноз диагностика тест тестирование скрининг доза дозы схема анализ анализы
  утверждаю утверждено утвердил утвердила согласовано подпись подписано дорогие уважаемый уважаемая
  здравствуйте добрый день спасибо звоните позвоните`),
)

/** What stands before the name of somebody who is treated. */
export const PATIENT_WORDS =
  /^(?:patients?|pt|client|baby|infant|newborn|ф\.?и\.?о|фио|name|пациент(?:а|у|ом|е|ка|ки|ке|ку|кой)?|больн(?:ой|ая|ого|ому|ую|ым)|клиент(?:а|у|ка|ки|ке)?|реб[её]н(?:ок|ка|ку|ком)|новорожд[её]нн(?:ый|ая|ого|ой))$/iu

/** What stands before the name of somebody who works here. */
export const STAFF_WORDS =
  /^(?:dr|drs|doctor|prof|professor|nurse|physician|director|coordinator|colleague|pharmacist|midwife|author|authors|approved|signed|prepared|reviewed|by|д-р|доктор(?:а|у|ом)?|проф|профессор(?:а|у)?|врач(?:а|у|ом|и)?|врач-\p{L}{1,30}|медсестр(?:а|ы|е|у|ой)|фельдшер(?:а|у)?|акушерк(?:а|и|е)|заведующ(?:ий|ая|ей|его)|директор(?:а|у)?|координатор(?:а|у)?|главврач(?:а|у)?|коллег(?:а|и)|утверждаю|утвержд[её]н[оа]?|утвердила?|согласован[оа]?|подписал[аи]?|подпись|подписано|подготовил[аи]?|составил[аи]?|автор(?:ы|а)?|психолог(?:а|у)?|уважением|исполнител(?:ь|я|и)|ответственн(?:ый|ая|ого|ой)|секретар(?:ь|я)|председател(?:ь|я)|руководител(?:ь|я)|докладчик(?:а|и)?|regards|sincerely|speaker|chair|провизор(?:а|у)?)$/iu
