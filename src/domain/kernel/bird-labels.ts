/** The names that stand beside a case's number in lists, so that two cases are not confused. Birds, because a bird says nothing. */

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

/** Danish birds in the definite form ('Falken'), in alphabetical order; fixed, because cases keep the name they were given. */
export const LABELS: readonly string[] = BIRDS.trim().split(/\s+/);
