package roster

import "github.com/smena-wfm/smena/calendars"

// phrases say what operators do, for one and for several.
var phrases = map[string][2]Text{
	WhyWorking: {
		{"%d is at work already", "%d уже работает", "%d вече работи"},
		{"%d are at work already", "%d уже работают", "%d вече работят"},
	},
	WhyBreak: {
		{"%d is on a break", "%d на перерыве", "%d е в почивка"},
		{"%d are on a break", "%d на перерыве", "%d са в почивка"},
	},
	WhyTimeOff: {
		{"%d is on time off", "%d в отпуске", "%d е в отпуск"},
		{"%d are on time off", "%d в отпуске", "%d са в отпуск"},
	},
	WhyNoTemplate: {
		{"%d has no shift template that reaches this hour", "у %d нет шаблона смены на этот час", "%d няма шаблон за смяна, който обхваща този час"},
		{"%d have no shift template that reaches this hour", "у %d нет шаблона смены на этот час", "%d нямат шаблон за смяна, който обхваща този час"},
	},
	WhyUnavailable: {
		{"%d is not available", "%d вне заявленной доступности", "%d е извън заявената си наличност"},
		{"%d are not available", "%d вне заявленной доступности", "%d са извън заявената си наличност"},
	},
	WhyUnlawful: {
		{"%d may not work a shift so long or at night", "%d не может работать так долго или ночью", "%d не може да работи толкова дълга смяна или нощем"},
		{"%d may not work a shift so long or at night", "%d не могут работать так долго или ночью", "%d не могат да работят толкова дълга смяна или нощем"},
	},
	WhyPauses: {
		{"%d has no shift that reaches this hour with the breaks that the law asks for", "у %d нет смены на этот час с перерывами, которых требует закон", "%d няма смяна за този час с почивките, които законът изисква"},
		{"%d have no shift that reaches this hour with the breaks that the law asks for", "у %d нет смены на этот час с перерывами, которых требует закон", "%d нямат смяна за този час с почивките, които законът изисква"},
	},
	WhyNotice: {
		{"%d can no longer be told in time of a shift that reaches this hour", "%d уже нельзя вовремя предупредить о смене на этот час", "%d вече не може да бъде предупреден навреме за смяна в този час"},
		{"%d can no longer be told in time of a shift that reaches this hour", "%d уже нельзя вовремя предупредить о смене на этот час", "%d вече не могат да бъдат предупредени навреме за смяна в този час"},
	},
	WhyOverlap: {
		{"%d works a shift that the one needed would overlap", "%d занят в смене, с которой нужная пересекается", "%d работи в смяна, с която нужната се застъпва"},
		{"%d work a shift that the one needed would overlap", "%d заняты в сменах, с которыми нужная пересекается", "%d работят в смени, с които нужната се застъпва"},
	},
	WhyDailyRest: {
		{"%d needs the rest between shifts", "%d должен отдохнуть между сменами", "%d трябва да спази междудневната почивка"},
		{"%d need the rest between shifts", "%d должны отдохнуть между сменами", "%d трябва да спазят междудневната почивка"},
	},
	WhyWeeklyRest: {
		{"%d needs the week's rest", "%d должен получить еженедельный отдых", "%d трябва да ползва седмичната си почивка"},
		{"%d need the week's rest", "%d должны получить еженедельный отдых", "%d трябва да ползват седмичната си почивка"},
	},
	WhyHours: {
		{"%d is at the week's hours", "%d исчерпал часы на неделю", "%d е изчерпал часовете си за седмицата"},
		{"%d are at the week's hours", "%d исчерпали часы на неделю", "%d са изчерпали часовете си за седмицата"},
	},
	WhyMonth: {
		{"%d is at the contract's hours for the month", "%d исчерпал часы по договору на месяц", "%d е изчерпал часовете си по договор за месеца"},
		{"%d are at the contract's hours for the month", "%d исчерпали часы по договору на месяц", "%d са изчерпали часовете си по договор за месеца"},
	},
	WhyAverage: {
		{"%d would work more on average than the law allows", "%d превысил бы среднюю рабочую неделю по закону", "%d би надхвърлил средната работна седмица по закон"},
		{"%d would work more on average than the law allows", "%d превысили бы среднюю рабочую неделю по закону", "%d биха надхвърлили средната работна седмица по закон"},
	},
	WhyRun: {
		{"%d has worked the days in a row allowed", "%d отработал допустимые дни подряд", "%d е изработил допустимите поредни дни"},
		{"%d have worked the days in a row allowed", "%d отработали допустимые дни подряд", "%d са изработили допустимите поредни дни"},
	},
	WhyRule: {
		{"%d would break a rule of team, contract or law", "%d нарушил бы правило команды, договора или закона", "%d би нарушил правило на екипа, договора или закона"},
		{"%d would break a rule of team, contract or law", "%d нарушили бы правило команды, договора или закона", "%d биха нарушили правило на екипа, договора или закона"},
	},
	WhyFree: {
		{"%d is free, but no better roster was found", "%d свободен, но лучшего графика не нашлось", "%d е свободен, но по-добър график не е намерен"},
		{"%d are free, but no better roster was found", "%d свободны, но лучшего графика не нашлось", "%d са свободни, но по-добър график не е намерен"},
	},
	WhyCounted: {
		{"%d can be there, and is counted", "%d может выйти и уже учтён", "%d може да работи и вече е отчетен"},
		{"%d can be there, and are counted", "%d могут выйти и уже учтены", "%d могат да работят и вече са отчетени"},
	},
}

// text says how many do what, and who is free.
func (r Reason) text() Text {
	one, many := phrases[r.Why][0].With(r.Operators), phrases[r.Why][1].With(r.Operators)
	said := many
	if r.Operators == 1 {
		said = one
	}
	if r.Operators%10 == 1 && r.Operators%100 != 11 { // 21 работает, 11 работают
		said.Russian = one.Russian
	}
	if r.Names != nil {
		said = said.and(": ", few(r.Names, andMore))
	}
	return said
}

// Because says what those do who have the skill, by the reasons alone.
func (c Cause) Because(skill string) Text {
	if len(c.Reasons) == 0 {
		return Text{"nobody has the skill %s", "навыка %s нет ни у кого", "никой няма умението %s"}.With(skill)
	}
	total, all := c.Reasons[0].Operators, c.Reasons[0].text()
	for _, r := range c.Reasons[1:] {
		total += r.Operators
		all = all.and("; ", r.text())
	}
	return Text{"of %d with the skill %s, %s", "из %d с навыком %s: %s", "от %d с умението %s: %s"}.With(total, skill, all)
}

// sentence says the cause on the team's clock.
func (c Cause) sentence(required int, skill string, zone calendars.Zone) Text {
	return Text{"%s misses %g of %d at %s: %s", "%s: не хватает %g из %d, %s – %s", "%s: недостиг %g от нужни %d, %s – %s"}.With(
		c.Queue, c.Missing, required, clocked{c.Interval, zone}, c.Because(skill))
}
