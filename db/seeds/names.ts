// The names of generated users: common ones, in ASCII as usernames are.

export const firstNames = names(`
  ada aisha alex alice amir ana andre anna ben bruno carla carlos chen chloe clara daniel david
  diego elena elif emma eva fatima felix finn hana hugo ines ivan jana james jan joana jonas julia
  kai karim lara lea leo liam lin lucas luis maja maria marta max mei mia milan mina nadia nina
  noah nora olga oliver omar oscar paula pedro priya ravi rosa ruben sara sofia tariq thomas tim
  vera victor yara yuki zoe`);

export const lastNames = names(`
  adams ahmed ali almeida andersen bauer becker berg bianchi brown chen costa cruz diaz dubois
  evans ferrari fischer garcia gomez green gupta haas hansen hill huang ito jansen johnson kaya
  khan kim klein kovacs kumar lang larsen lee lewis lin lopez martin meyer miller mori moreau nagy
  novak okafor olsen park patel perez petrov popov ramos reed rossi roy ruiz santos sato schmidt
  silva singh smith suzuki tanaka torres tran vargas vogel walker weber white wilson wolf wong
  wright yilmaz young zhang`);

function names(text: string): string[] {
  return text.trim().split(/\s+/);
}
