package jangteo.member.api;

import io.grpc.stub.StreamObserver;
import jangteo.chassis.data.Database;
import jangteo.chassis.grpc.GrpcRefusal;
import jangteo.member.domain.Address;
import jangteo.member.store.Addresses;
import jangteo.member.v1.AddressKey;
import jangteo.member.v1.AddressServiceGrpc.AddressServiceImplBase;
import jangteo.member.v1.GetAddressesRequest;
import jangteo.member.v1.GetAddressesResponse;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells order where to send things; see the service's own description in {@code proto}. */
public final class AddressLookup extends AddressServiceImplBase {

  private static final int BATCH = 100;

  private final Database database;
  private final Addresses addresses;

  /** Over these addresses. */
  public AddressLookup(Database database, Addresses addresses) {
    this.database = database;
    this.addresses = addresses;
  }

  @Override
  public void getAddresses(
      GetAddressesRequest request, StreamObserver<GetAddressesResponse> observer) {
    if (request.getKeysCount() > BATCH) {
      throw GrpcRefusal.invalid("keys", "must be at most " + BATCH);
    }
    Map<Long, Address> found =
        database
            .read(
                sql ->
                    addresses.find(
                        sql,
                        request.getKeysList().stream()
                            .map(AddressKey::getAddressId)
                            .collect(Collectors.toSet())))
            .stream()
            .collect(Collectors.toMap(Address::addressId, Function.identity()));
    GetAddressesResponse.Builder response = GetAddressesResponse.newBuilder();
    for (AddressKey key : request.getKeysList()) {
      Address address = found.get(key.getAddressId());
      if (address != null && address.memberId() == key.getMemberId()) {
        response.addAddresses(message(address));
      }
    }
    observer.onNext(response.build());
    observer.onCompleted();
  }

  private static jangteo.member.v1.Address message(Address address) {
    Address.Destination to = address.destination();
    return jangteo.member.v1.Address.newBuilder()
        .setAddressId(address.addressId())
        .setRecipient(to.recipient())
        .setPhone(to.phone())
        .setCountry(to.country())
        .setPostalCode(to.postalCode())
        .setCity(to.city())
        .setLine1(to.line1())
        .setLine2(to.line2())
        .build();
  }
}
