/** Towns with a postal code and the telephone prefix that ARCEP keeps for fiction in their area. */
export const towns = [
  ['Lyon', '69003', '04 65 71'],
  ['Villeurbanne', '69100', '04 65 71'],
  ['Grenoble', '38000', '04 65 71'],
  ['Annecy', '74000', '04 65 71'],
  ['Saint-Étienne', '42000', '04 65 71'],
  ['Chambéry', '73000', '04 65 71'],
  ['Valence', '26000', '04 65 71'],
  ['Marseille', '13006', '04 65 71'],
  ['Aix-en-Provence', '13100', '04 65 71'],
  ['Avignon', '84000', '04 65 71'],
  ['Nîmes', '30000', '04 65 71'],
  ['Montpellier', '34000', '04 65 71'],
  ['Clermont-Ferrand', '63000', '04 65 71'],
  ['Paris', '75011', '01 99 00'],
  ['Montreuil', '93100', '01 99 00'],
  ['Boulogne-Billancourt', '92100', '01 99 00'],
  ['Versailles', '78000', '01 99 00'],
  ['Nantes', '44000', '02 61 91'],
  ['Rennes', '35000', '02 61 91'],
  ['Angers', '49000', '02 61 91'],
  ['Tours', '37000', '02 61 91'],
  ['Rouen', '76000', '02 61 91'],
  ['Vannes', '56000', '02 61 91'],
  ['Lille', '59800', '03 53 01'],
  ['Strasbourg', '67000', '03 53 01'],
  ['Dijon', '21000', '03 53 01'],
  ['Besançon', '25000', '03 53 01'],
  ['Reims', '51100', '03 53 01'],
  ['Bordeaux', '33000', '05 36 49'],
  ['Toulouse', '31000', '05 36 49'],
  ['Bayonne', '64100', '05 36 49'],
  ['La Rochelle', '17000', '05 36 49'],
] as const

/** Streets that every French town has. */
export const streets = [
  'rue de la République',
  'avenue Jean-Jaurès',
  'place du Marché',
  'rue Victor-Hugo',
  'quai des Tanneurs',
  'rue des Lilas',
  'boulevard Carnot',
  'rue du Moulin',
  'chemin des Vignes',
  'rue Pasteur',
  'place de la Gare',
  'cours Gambetta',
  'rue des Écoles',
  'allée des Tilleuls',
] as const

/** Lines of business: how their firms are called (`*` is a family name), what a month of work costs in euros. */
export const sectors = [
  {
    name: 'Commerce de bouche',
    firms: [
      'Boulangerie *',
      'Fromagerie *',
      'Cave *',
      'Chocolaterie *',
      'Maison *',
      'Épicerie *',
      'Boucherie *',
      'Torréfaction *',
    ],
    budget: [180, 1400],
  },
  {
    name: 'Santé',
    firms: [
      'Clinique *',
      'Pharmacie *',
      'Optique *',
      'Cabinet dentaire *',
      'Laboratoire *',
      'Centre auditif *',
    ],
    budget: [600, 5200],
  },
  {
    name: 'Bâtiment',
    firms: [
      'Menuiserie *',
      'Électricité *',
      'Toitures *',
      'Plomberie *',
      'Ateliers *',
      'Maçonnerie *',
      'Paysages *',
    ],
    budget: [250, 2600],
  },
  {
    name: 'Automobile',
    firms: ['Garage *', 'Carrosserie *', 'Autos *', 'Cycles *', 'Pneus *'],
    budget: [300, 3400],
  },
  {
    name: 'Hôtellerie et restauration',
    firms: ['Hôtel *', 'Auberge *', 'Brasserie *', 'Traiteur *', 'Camping *', 'La Table de *'],
    budget: [400, 4800],
  },
  {
    name: 'Industrie',
    firms: ['Établissements *', 'Mécanique *', 'Imprimerie *', 'Emballages *', 'Textiles *', 'Verrerie *'],
    budget: [1200, 9000],
  },
  {
    name: 'Services aux entreprises',
    firms: ['Cabinet *', 'Conseil *', 'Transports *', 'Sécurité *', 'Propreté *', 'Formation *'],
    budget: [500, 6400],
  },
  { name: 'Immobilier', firms: ['Agence *', 'Régie *', 'Habitat *', 'Domaines *'], budget: [700, 7200] },
  {
    name: 'Mode et maison',
    firms: [
      'Atelier *',
      'Bijouterie *',
      'Librairie *',
      'Fleurs *',
      'Literie *',
      'Lunetterie *',
      'Céramiques *',
    ],
    budget: [200, 2200],
  },
  {
    name: 'Loisirs',
    firms: ['Studio *', 'École de voile *', 'Théâtre *', 'Escalade *', 'Musique *'],
    budget: [150, 1800],
  },
] as const

/** Family names that firms carry. */
export const familyNames =
  `Aubry Berthe Besson Blin Bonnet Bouvier Brunel Camus Carpentier Charrier Chauvin Colas Coste Courtois Cousin Delmas Delorme
 Deschamps Drouet Dufour Durieux Évrard Fabre Faure Ferrand Fontaine Foucher Gaillard Garnier Gauthier Giraud Granger Guérin Hamon Hubert Huet Imbert
 Jacquet Joubert Jourdan Labbé Lacombe Laurent Leblanc Leclerc Lefort Legrand Lemoine Leroux Lévêque Mahé Maillard Mallet Marchal Marchand Masson Maury
 Mercier Meunier Monnier Moreau Morel Navarro Noël Paquet Pasquier Pelletier Perret Picard Pichon Poirier Pons Poulain Prévost Quéré Raynaud Renard Rivière
 Roche Rolland Royer Sabatier Saunier Schmitt Simonet Tessier Texier Thibault Tisserand Toussaint Vallet Vasseur Verdier Vidal Vincent Voisin Weber`
    .trim()
    .split(/\s+/)
