/** Invented names only: companies and people of these portals exist nowhere else. */
export const firstNames: readonly string[] = (
  'Alice Amir Andrea Angela Anita Ben Beth Brian Carla Carol Cesar Chris Claire Colin Dale Daniel Darius Deb Denise Diego ' +
  'Don Elena Ellen Emeka Erik Esther Fatima Felix Frank Gary Gina Glenn Hannah Hector Helen Henry Ines Irene Isaac Ivy Jamal ' +
  'James Janet Jared Jean Jorge Joan Joel Karen Kari Keith Kurt Kwame Laura Leah Leon Linda Lisa Louis Lucy Luke Mai Manuel ' +
  'Marcus Marie Mark Marta Megan Mei Mike Mona Nadia Nancy Naomi Neil Nora Omar Oscar Pam Paul Pedro Peter Phil Priya Quinn ' +
  'Rafael Raj Ray Renee Rita Robert Rosa Ruth Sam Sandra Sean Sofia Steve Sue Tara Ted Teresa Tim Tina Tyrone Uma Vera ' +
  'Victor Vince Wanda Wes Yuki Yvonne Zack Zoe'
).split(' ');

export const lastNames: readonly string[] = (
  'Abbott Acosta Adler Alvarez Amari Archer Banks Barlow Becker Bell Bishop Blake Bowen Brandt Brooks Burke Cabrera Calder ' +
  'Carver Castillo Chandra Chen Cole Conway Cruz Dalton Daniels Decker Delgado Diaz Dixon Doyle Drake Duarte Dunn Eaton Ellis ' +
  'Engel Espinoza Farrell Faulk Fields Fischer Flores Foster Frost Gallo Garza Gibbs Goodwin Grant Greene Guzman Haas Hale ' +
  'Hansen Hardy Hayes Hendricks Herrera Hoang Holt Huang Ibarra Ingram Iyer Jacobs Jarvis Jensen Joshi Kaplan Keane Khan ' +
  'Klein Kowalski Kramer Lang Larsen Lee Lindgren Lopez Lowe Lyons Mack Maddox Marsh Mathis Meyer Mills Molina Moss Murphy ' +
  'Nash Navarro Nguyen Nolan Novak Ochoa Odom Okafor Olsen Ortiz Osei Page Park Patel Pena Pierce Porter Price Quiroga Ramos ' +
  'Reyes Rhodes Rivera Rojas Roth Rowe Salas Santos Sato Schmidt Schultz Shah Silva Singh Snow Soto Stark Stone Sutton Tanaka ' +
  'Tate Torres Tran Turner Underwood Valdez Vargas Vaughn Vogel Wade Walsh Ward Weber Webster West Wolfe Wong Yates Young ' +
  'Zamora Ziegler'
).split(' ');

/** Cities of the Midwest and around, with area code and IANA zone. */
export const cities = [
  { city: 'Des Moines', state: 'Iowa', areaCode: '515', timeZone: 'America/Chicago' },
  { city: 'Dubuque', state: 'Iowa', areaCode: '563', timeZone: 'America/Chicago' },
  { city: 'Rockford', state: 'Illinois', areaCode: '815', timeZone: 'America/Chicago' },
  { city: 'Peoria', state: 'Illinois', areaCode: '309', timeZone: 'America/Chicago' },
  { city: 'Green Bay', state: 'Wisconsin', areaCode: '920', timeZone: 'America/Chicago' },
  { city: 'Madison', state: 'Wisconsin', areaCode: '608', timeZone: 'America/Chicago' },
  { city: 'Duluth', state: 'Minnesota', areaCode: '218', timeZone: 'America/Chicago' },
  { city: 'Rochester', state: 'Minnesota', areaCode: '507', timeZone: 'America/Chicago' },
  { city: 'Sioux Falls', state: 'South Dakota', areaCode: '605', timeZone: 'America/Chicago' },
  { city: 'Omaha', state: 'Nebraska', areaCode: '402', timeZone: 'America/Chicago' },
  { city: 'Springfield', state: 'Missouri', areaCode: '417', timeZone: 'America/Chicago' },
  { city: 'Wichita', state: 'Kansas', areaCode: '316', timeZone: 'America/Chicago' },
  { city: 'Tulsa', state: 'Oklahoma', areaCode: '918', timeZone: 'America/Chicago' },
  { city: 'Fort Wayne', state: 'Indiana', areaCode: '260', timeZone: 'America/New_York' },
  { city: 'Toledo', state: 'Ohio', areaCode: '419', timeZone: 'America/New_York' },
  { city: 'Grand Rapids', state: 'Michigan', areaCode: '616', timeZone: 'America/New_York' },
  { city: 'Fort Collins', state: 'Colorado', areaCode: '970', timeZone: 'America/Denver' },
  { city: 'Boise', state: 'Idaho', areaCode: '208', timeZone: 'America/Denver' },
] as const;

/** HubSpot's industry values, with words that suit a company's name. */
export const industries = [
  { value: 'PACKAGING_AND_CONTAINERS', words: ['Packaging', 'Carton', 'Container'] },
  { value: 'FOOD_PRODUCTION', words: ['Foods', 'Provisions', 'Mills'] },
  { value: 'MACHINERY', words: ['Machine', 'Tool & Die', 'Gear'] },
  { value: 'CONSTRUCTION', words: ['Builders', 'Contracting', 'Structures'] },
  { value: 'BUILDING_MATERIALS', words: ['Stone', 'Lumber', 'Brick'] },
  { value: 'PRINTING', words: ['Print', 'Press', 'Label'] },
  { value: 'FURNITURE', words: ['Furniture', 'Cabinet', 'Millwork'] },
  { value: 'PLASTICS', words: ['Plastics', 'Polymers', 'Molding'] },
  { value: 'CHEMICALS', words: ['Coatings', 'Chemical', 'Adhesives'] },
  { value: 'AUTOMOTIVE', words: ['Motors', 'Fleet', 'Auto Parts'] },
  { value: 'MEDICAL_DEVICES', words: ['Medical', 'Instruments', 'Dental Supply'] },
  { value: 'FARMING', words: ['Farms', 'Seed', 'Orchards'] },
  { value: 'WAREHOUSING', words: ['Storage', 'Distribution', 'Cold Storage'] },
  { value: 'HOSPITALITY', words: ['Inns', 'Lodges', 'Hotels'] },
  { value: 'TEXTILES', words: ['Textiles', 'Canvas', 'Uniforms'] },
  { value: 'WHOLESALE', words: ['Supply', 'Trading', 'Wholesale'] },
] as const;

/** First words of company names. */
export const companyWords: readonly string[] = (
  'Alder,Amber Creek,Antler,Aspen,Badger,Bayview,Beacon,Birchwood,Black Oak,Blue Heron,Bluff,Brass Lantern,Bright Water,' +
  'Buckeye,Canyon,Cardinal,Cedar,Clearfield,Clover,Copper Ridge,Cornerstone,Cottonwood,Crosswind,Dogwood,Driftless,Eagle Point,' +
  'Eastgate,Elkhorn,Elm Street,Evergreen,Fairview,Fieldstone,Flint,Fox Hollow,Foxglove,Gateway,Glacier,Golden Plains,Granite,' +
  'Graywolf,Great Bend,Hawthorn,Hearth,Heartland,Heron Bay,Hickory,High Plains,Hillcrest,Homestead,Ironwood,Juniper,Keystone,' +
  'Lakeshore,Larkspur,Liberty,Limestone,Lone Elm,Lookout,Maple Grove,Meadowlark,Midland,Mill Pond,Monarch,North Fork,Northwind,' +
  'Oak Hill,Old Mill,Osprey,Otter Creek,Parkside,Pebble,Pine Ridge,Pioneer,Plainview,Prairie,Quarry,Quarter Mile,Railway,' +
  'Red Barn,Ridgeline,River Bend,Riverside,Rolling Hills,Rosewood,Saddle,Sandhill,Shoreline,Silver Lake,Skyline,Split Rail,' +
  'Spruce,Steeple,Sterling,Stonebridge,Summit,Sunrise,Sycamore,Tall Grass,Tamarack,Thistle,Three Rivers,Timber,Trillium,' +
  'Twin Lakes,Union,Valley,Walnut,Waterford,West Branch,Whitetail,Wild Rose,Willow,Windmill,Wolf River,Woodland,Yarrow'
).split(',');

export const jobTitles: readonly string[] = [
  'Plant buyer',
  'Purchasing manager',
  'Operations manager',
  'Plant manager',
  'Office manager',
  'Owner',
  'Maintenance lead',
  'Controller',
  'Accounts payable',
  'Warehouse supervisor',
  'Quality manager',
  'Production planner',
  'Facilities manager',
  'Procurement specialist',
  'General manager',
  'Vice president, operations',
];
