/**
 * The names that stand beside a case's number in lists, so that two cases are not confused: a bird and where it is, because that says nothing.
 * There are so many that they are drawn without a look at the other cases, which would tell of them, and yet are hardly ever alike.
 */

const BIRDS = `
  Agerhønen Alken Alliken Atlinganden Bekkasinen Biæderen Bjerganden Bjergvipstjerten Blishønen Blåhalsen Blåmejsen Bogfinken
  Bomlærken Bramgåsen Bynkefuglen Bysvalen Digesvalen Dompappen Dværgfalken Dværgternen Ederfuglen Engpiberen Engsnarren Falken
  Fasanen Fiskehejren Fiskeørnen Fjeldvågen Fjordternen Flagspætten Fløjlsanden Fuglekongen Gransangeren Gravanden Grønirisken
  Grønspætten Grågåsen Gråsiskenen Gråspurven Gulspurven Gærdesmutten Halemejsen Havesangeren Havlitten Havternen Havørnen
  Hjejlen Hornuglen Hulduen Husrødstjerten Hvidklirren Hvinanden Hærfuglen Hættemågen Isfuglen Jernspurven Kernebideren
  Kirkeuglen Klyden Knortegåsen Kobbersneppen Kongeørnen Korsnæbben Krikanden Kvækerfinken Landsvalen Lappedykkeren Lomvien
  Lunden Lærkefalken Lærken Løvsangeren Mallemukken Misteldroslen Mosehornuglen Mudderklirren Mursejleren Musvitten Musvågen
  Nattergalen Natuglen Perleuglen Pibeanden Pirolen Præstekraven Ringdroslen Ringduen Rødbenen Rødhalsen Rødstjerten Rørdrummen
  Rørhøgen Rørhønen Rørsangeren Rørspurven Sandløberen Sangdroslen Sangsvanen Silkehalen Sisikenen Sivsangeren Sjaggeren Skarven
  Skeanden Skovpiberen Skovsangeren Skovskaden Skovsneppen Skovspurven Skærpiberen Sløruglen Småspoven Snespurven Solsorten
  Sortspætten Sortternen Spidsanden Splitternen Spætmejsen Stenpikkeren Stenvenderen Steppehøgen Stillitsen Storken Stormmågen
  Storspoven Strandhjejlen Strandskaden Stæren Sulen Sumpmejsen Svaleklirren Svalen Svartbagen Søkongen Sølvmågen Taffelanden
  Tejsten Tinksmeden Topmejsen Tornirisken Tornsangeren Tranen Troldanden Træløberen Turtelduen Tårnfalken Urfuglen Vagtlen
  Vandrefalken Vandriksen Vendehalsen Viben Vindroslen Vipstjerten
`;

/** After the bird: 'ved åen'. Nature and farm only: no town, no building that people are kept or helped in. */
const WHEREABOUTS: Readonly<Record<string, string>> = {
  ved: `bækken broen brønden dammen diget engen fjorden gærdet havet hegnet hækken kilden klitten kysten laden marken mosen møllen skoven
    skrænten stien stranden søen vejen åen`,
  i: `asken birken bregnerne bøgen dalen egen elmen fyrren granen græsset haven havren hveden hylden kløveren krattet linden lyngen
    mosset pilen rapsen regnen rugen rønnen sivene skyggen sneen solen tjørnen tågen vinden`,
  på: `bakken gavlen grenen heden holmen isen klippen masten molen pælen sandet stenen stubben taget vandet øen`,
  under: `busken himlen månen skyen stjernerne tagskægget trappen træet`,
  over: `bakkerne bølgerne engene fjeldet heden klitterne markerne skovene søerne trætoppene vigen øerne`,
};

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Danish birds in the definite form ('Falken'), in alphabetical order; fixed, because cases keep the name they were given. */
export const BIRD_NAMES: readonly string[] = words(BIRDS);
/** Where the bird is ('ved åen'). */
export const BIRD_PLACES: readonly string[] = Object.entries(WHEREABOUTS).flatMap(([where, places]) => words(places).map((place) => `${where} ${place}`));
